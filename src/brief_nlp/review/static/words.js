// The words of the page, as the server wrote them into it.
const words = JSON.parse(document.getElementById("words").textContent);

export function say(key, values = {}) {
  return words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export const lang = document.documentElement.lang;
export const number = (value) => new Intl.NumberFormat(lang).format(value);

// An element with attributes and children; text is only ever text.
export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export const byId = (id) => document.getElementById(id);

// 32 hex digits; crypto.randomUUID is not there on plain http of other hosts.
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
