"""The page and its API, as one FastAPI application."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, FastAPI, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, select_autoescape
from pydantic import BaseModel
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

import brief_nlp
from brief_nlp.errors import BriefError
from brief_nlp.review import listing
from brief_nlp.review.access import Access, Gate, entered
from brief_nlp.review.agreement import Agreement, agreement
from brief_nlp.review.detail import Detail, detail
from brief_nlp.review.giving import AT_ONCE, Bulk, Offer, Progress, Sent, Sure, accept_many, offer, take
from brief_nlp.review.guesses import Guesses
from brief_nlp.review.hint import Hint
from brief_nlp.review.listing import Filter, Listed, Row
from brief_nlp.review.news import News, news
from brief_nlp.review.offered import Choices, Offered, Orphan, Totals, orphans
from brief_nlp.review.pictures import Pictures
from brief_nlp.review.wording import LANGUAGES, language_of, wording
from brief_nlp.settings import Settings
from brief_nlp.store import journal
from brief_nlp.store.query import reading

HERE = Path(__file__).parent
MOST_ROWS = 100
WRONG_PASSWORD_SECONDS = 1.0  # between a wrong password and the answer

Id = Annotated[str, Query(pattern=r"^[0-9a-f]{32}$")]


class List(BaseModel):
    """The claims asked for, and the change that the store stood at: ask for news from there."""

    claims: list[Listed]
    whole: bool
    change: int


class Taken(BaseModel):
    """A stored verdict, and how its claim stands now; none where the claim is gone and the verdict an orphan."""

    verdict: int
    row: Row | None


def create_app(
    engine: Engine,
    access: Access,
    settings: Settings | None = None,
    *,
    password: str | None = None,
    reviewer: str = "",
    hint: Hint | None = None,
) -> FastAPI:
    """The application over a store; `password` opens encrypted PDFs, `reviewer` is offered as a name.

    `hint` is what the page says once when there is enough to teach a model by.
    """
    pictures = Pictures(engine, settings or Settings(), password)

    @asynccontextmanager
    async def living(_app: FastAPI) -> AsyncIterator[None]:
        yield
        pictures.close()

    app = FastAPI(
        title="brief-nlp review",
        version=brief_nlp.__version__,
        description="Claims, their evidence, and verdicts on them. Send the token as `Authorization: Bearer TOKEN`.",
        openapi_url="/api/openapi.json",
        docs_url=None,  # these pages load from elsewhere
        redoc_url=None,
        lifespan=living,
    )
    app.include_router(_pages(engine, access, reviewer, hint))
    app.include_router(_api(engine, pictures), prefix="/api")
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.add_exception_handler(BriefError, _complaint)
    app.add_exception_handler(SQLAlchemyError, _store_trouble)
    app.add_middleware(Gate, access=access)
    return app


def _complaint(_request: Request, error: Exception) -> Response:
    return JSONResponse({"detail": str(error)}, 409)


def _store_trouble(_request: Request, _error: Exception) -> Response:
    """A database that is locked, full or away: the page keeps its verdicts and tries again."""
    return JSONResponse({"detail": "The database cannot be used just now."}, 503)


def _pages(engine: Engine, access: Access, reviewer: str, hint: Hint | None) -> APIRouter:
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    templates = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=select_autoescape())

    guesses = Guesses()

    def drawn(name: str, request: Request, **more: Any) -> HTMLResponse:
        language = language_of(request.query_params.get("lang"), request.headers.get("accept-language", ""))
        told = templates.get_template(name).render(
            say=wording(language), language=language, languages=LANGUAGES, **more
        )
        return HTMLResponse(told)

    def page(name: str, request: Request) -> HTMLResponse:
        with reading(engine) as connection:
            store = journal.store_id(connection)[:8]
        by_password = access.password is not None
        return drawn(name, request, store=store, reviewer=reviewer, by_password=by_password, hint=hint)

    @router.get("/")
    def review(request: Request) -> HTMLResponse:
        return page("page.html", request)

    @router.get("/differences")
    def differences(request: Request) -> HTMLResponse:
        return page("differences.html", request)

    @router.get("/enter")
    def enter(request: Request) -> HTMLResponse:
        return drawn("enter.html", request)

    @router.post("/enter")
    async def come_in(request: Request) -> Response:
        given = parse_qs((await request.body()).decode("utf-8", "replace")).get("password", [""])[0]
        address = request.client.host if request.client else ""
        # nothing is awaited from here to `wrong`: passwords sent side by side are counted like those sent in turn
        if wait := math.ceil(guesses.wait(address)):
            answer = drawn("enter.html", request, wait=wait)
            answer.headers["Retry-After"] = str(wait)
            answer.status_code = 429
            return answer
        if access.opens(given):
            return entered(access)
        guesses.wrong(address)
        await asyncio.sleep(WRONG_PASSWORD_SECONDS)
        answer = drawn("enter.html", request, wrong=True)
        answer.status_code = 403
        return answer

    return router


def _api(engine: Engine, pictures: Pictures) -> APIRouter:
    router = APIRouter(responses={401: {"description": "no token"}, 409: {"description": "cannot be done"}})
    counted = Offered()

    @router.get("/list")
    def list_(asked: Annotated[Filter, Query()]) -> List:
        """The claims that fit, in order: ids and states only; ask for rows as they come into view."""
        with reading(engine) as connection:
            change = journal.last(connection)
            found = listing.listed(connection, asked)
        return List(claims=found, whole=len(found) < listing.MOST, change=change)

    @router.get("/rows")
    def rows(ids: Annotated[list[Id], Query(min_length=1, max_length=MOST_ROWS)]) -> list[Row]:
        """How some claims stand now; those that are gone are left out."""
        with reading(engine) as connection:
            return listing.rows(connection, ids)

    @router.get("/claims/{claim_id}", responses={404: {"description": "no such claim"}})
    def claim(claim_id: str) -> Detail:
        """A claim with its paragraph, boxes, reasons, notes and verdicts."""
        with reading(engine) as connection:
            found = detail(connection, claim_id)
        if found is None:
            raise HTTPException(404, "There is no such claim.")
        return found

    @router.get(
        "/documents/{document_id}/pages/{page}.png",
        response_class=Response,
        responses={200: {"content": {"image/png": {}}, "headers": {"X-Scale": {"description": "pixels a point"}}}},
    )
    def picture(document_id: str, page: int) -> Response:
        """A page of a document as a picture."""
        png, scale = pictures.of(document_id, page)
        headers = {"X-Scale": f"{scale:.6f}", "Cache-Control": "private, max-age=3600"}
        return Response(png, media_type="image/png", headers=headers)

    @router.get("/news")
    def what_is_new(since: Annotated[int, Query(ge=0, lt=2**62)]) -> News:
        """What changed in the store after a change."""
        with reading(engine) as connection:
            return news(connection, since)

    @router.get("/choices")
    def what_there_is() -> Choices:
        """What a list can be narrowed to: documents, sources, entities, and how much is done."""
        with reading(engine) as connection:
            return counted.choices(connection)

    @router.get("/totals")
    def how_much() -> Totals:
        """How many claims there are, how many are settled, and how many can teach a model anew."""
        with reading(engine) as connection:
            return counted.totals(connection)

    @router.get("/orphans")
    def orphaned() -> list[Orphan]:
        """Verdicts that fit no claim any more."""
        with reading(engine) as connection:
            return orphans(connection)

    @router.get("/agreement")
    def agree() -> Agreement:
        """How far reviewers agree."""
        with reading(engine) as connection:
            return agreement(connection)

    _add_giving(router, engine)
    return router


def _add_giving(router: APIRouter, engine: Engine) -> None:
    @router.post("/verdicts")
    def give(sent: Sent) -> Taken:
        """Store a verdict. One that is sent again under its key is stored once."""
        number = take(engine, sent)
        with reading(engine) as connection:
            found = listing.rows(connection, [sent.claim_id])
        return Taken(verdict=number, row=found[0] if found else None)

    @router.get("/bulk")
    def offered(asked: Annotated[Sure, Query()]) -> Offer:
        """How many claims of a list the model is surer of than `above`, and a sample of them."""
        with reading(engine) as connection:
            return offer(connection, asked)

    @router.post("/bulk", description=f"Accept them, {AT_ONCE} a request: repeat until none is left.")
    def accept(bulk: Bulk) -> Progress:
        return accept_many(engine, bulk)
