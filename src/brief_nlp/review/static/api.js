// The server's API. `Lost` is thrown where it cannot be reached, `Refused` where it says no.
export class Lost extends Error {}
export class Refused extends Error {
  constructor(status, words) {
    super(words);
    this.status = status;
  }
}

const PATIENCE = 15_000; // milliseconds

export async function get(path, parameters = {}) {
  return (await asked(path + query(parameters))).json();
}

export async function post(path, body) {
  const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  return (await asked(path, options)).json();
}

export async function asked(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, { ...options, signal: AbortSignal.timeout(PATIENCE) });
  } catch (error) {
    throw new Lost(String(error));
  }
  if (answer.status >= 500) throw new Lost(String(answer.status));
  if (!answer.ok) throw new Refused(answer.status, await told(answer));
  return answer;
}

async function told(answer) {
  try {
    const { detail } = await answer.json();
    return typeof detail === "string" ? detail : detail.map((one) => `${one.loc.at(-1)}: ${one.msg}`).join("; ");
  } catch {
    return String(answer.status);
  }
}

export function query(parameters) {
  const made = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of [value].flat()) if (one !== "" && one !== null && one !== undefined) made.append(name, one);
  }
  return made.size ? `?${made}` : "";
}
