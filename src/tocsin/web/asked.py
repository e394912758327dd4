"""What an address asks for: filters, order and page, the same for a page and for its ``.json``.

The names are those of the command line's options.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_core import PydanticUseDefault

from tocsin.errors import OptionError
from tocsin.knowledge.ontology import load_ontology
from tocsin.store.filters import Filters
from tocsin.store.narrowing import filters_of

#: Rows of a page where nothing else is asked for, and the most.
PER, MOST = 50, 500
#: No list has more pages.
MOST_PAGES = 1_000_000
_PAGING = ("page", "per", "sort")


class Asked(BaseModel):
    """What is asked for by an address; a name that is not known is refused. A field of a form that
    was left empty asks for nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    #: Names of filters in the store that differ from those of addresses.
    renamed: ClassVar[Mapping[str, str]] = {"min_sources": "sources", "min_confidence": "least"}

    @field_validator("*", mode="before")
    @classmethod
    def _empty(cls, value: Any) -> Any:
        if isinstance(value, str) and not (value := value.strip()):
            raise PydanticUseDefault
        return value

    def given(self) -> dict[str, Any]:
        """What differs from what is asked for without any words."""
        return self.model_dump(exclude_defaults=True)

    def filters(self, **more: Any) -> Filters:
        """The filters for the store, with ``more``; OptionError where one cannot be."""
        values = {
            self.renamed.get(name, name): value
            for name, value in self.given().items()
            if name not in _PAGING
        }
        return filters_of(**(values | more))

    def query(self, **changes: Any) -> str:
        """The query of an address that asks for the same but ``changes`` (None takes one out)."""
        values = {
            name: value for name, value in (self.given() | changes).items() if value is not None
        }
        return f"?{urlencode(values)}" if values else ""


class Paged(Asked):
    """Rows by pages, counted from 1."""

    page: int = Field(1, ge=1, le=MOST_PAGES, description="The page, from 1.")
    per: int = Field(PER, ge=1, le=MOST, description="Rows a page.")

    @property
    def offset(self) -> int:
        """The rows of the pages before."""
        return (self.page - 1) * self.per


Words = Field(None, max_length=200, description="Words that stand in the text.")
Day = date | None


class Period(Asked):
    """Days, both included."""

    since: Day = Field(None, description="Only from this day on, such as 2020-06-16.")
    until: Day = Field(None, description="Only up to this day.")


class AskedDyad(Period):
    """A dyad in a period."""


class AskedIncidents(Paged, Period):
    """Incidents by what they are."""

    dyad: str | None = Field(
        None, max_length=100, description="What A did to B, as PRK:KOR; * for anybody."
    )
    type: str | None = Field(None, max_length=20, description="PLOVER's type, such as THREATEN.")
    mode: str | None = Field(None, max_length=40, description="A mode of it, such as destroy.")
    status: str | None = Field(None, max_length=20, description="Such as alleged.")
    where: str | None = Field(
        None, max_length=100, description="A country's code or part of a place's name."
    )
    outlet: str | None = Field(None, max_length=200, description="Reported by this outlet.")
    words: str | None = Words
    party: str | None = Field(
        None, max_length=200, description="Entity id or name of one who acts or speaks in it."
    )
    min_sources: int | None = Field(None, ge=1, le=10_000, description="Independent sources.")
    sort: str = Field("-day", max_length=40, description="A column; - in front: the last first.")

    def filters(self, **more: Any) -> Filters:
        """The filters for the store; OptionError for a mode that no type, or not this one, has."""
        found = super().filters(**more)
        types = load_ontology().types
        among = types.values() if found.type is None else (types[found.type],)
        modes = dict.fromkeys(name for one in among for name in one.mode_scores)
        if self.mode is not None and self.mode not in modes:
            allowed = ", ".join(modes) or "none"
            raise OptionError(f"mode {self.mode!r} is unknown; allowed: {allowed}")
        return found


class AskedIncident(Asked):
    """One incident."""

    done: int | None = Field(None, ge=1, le=10**9, description="The decision just made of it.")


class AskedDocuments(Paged, Period):
    """Articles by when, where and what."""

    outlet: str | None = Field(None, max_length=200, description="Of this outlet.")
    words: str | None = Words
    sort: str = Field("-day", max_length=40, description="A column; - in front: the last first.")


class AskedThreats(Paged, Period):
    """Threats and demands by what they are and what became of them; days of making."""

    dyad: str | None = Field(None, max_length=100, description="Speaker : addressee, as PRK:KOR.")
    kind: str | None = Field(None, max_length=20, description="threat or demand.")
    outcome: str | None = Field(None, max_length=20, description="Such as open or carried out.")
    speaker: str | None = Field(None, max_length=100, description="Part of a speaker's name.")
    type: str | None = Field(
        None, max_length=20, description="PLOVER's type of what is threatened or demanded."
    )
    words: str | None = Words
    sort: str = Field("-made_start", max_length=40, description="A column; - in front: the last.")


class AskedClaims(Paged, Period):
    """Claims by who makes them; days of the incident."""

    dyad: str | None = Field(None, max_length=100, description="Of what A did to B, as PRK:KOR.")
    speaker: str | None = Field(None, max_length=100, description="Part of a speaker's name.")
    stance: str | None = Field(None, max_length=20, description="asserts, denies or neither.")
    type: str | None = Field(None, max_length=20, description="PLOVER's type of the incident.")
    status: str | None = Field(None, max_length=20, description="Status of the incident.")
    words: str | None = Words
    sort: str = Field("-first", max_length=40, description="A column; - in front: the last first.")


class AskedChannels(Paged, Period):
    """Channels and agreements by whom they join and how they stand."""

    dyad: str | None = Field(None, max_length=100, description="Between these, as PRK:KOR.")
    kind: str | None = Field(None, max_length=40, description="Such as hotline or treaty.")
    state: str | None = Field(None, max_length=20, description="Such as closed.")
    words: str | None = Field(None, max_length=200, description="Words of the name.")
    sort: str = Field("name", max_length=40, description="A column; - in front: the last first.")


class AskedSearch(Paged):
    """Words that all stand in an article."""

    words: str | None = Words
    since: Day = Field(None, description="Only articles published from this day on.")
    until: Day = Field(None, description="Only up to this day.")
    outlet: str | None = Field(None, max_length=200, description="Of this outlet.")


class AskedActors(Paged, Period):
    """Who stands in the record."""

    words: str | None = Field(None, max_length=100, description="Part of a name.")
    where: str | None = Field(None, max_length=100, description="A country's code, such as PRK.")
    on: Day = Field(None, description="What the name means on this day, such as 2020-06-16.")


class AskedSources(Period):
    """What was read in these days."""


class AskedPlaces(Period):
    """Places of incidents."""

    dyad: str | None = Field(None, max_length=100, description="What A did to B, as PRK:KOR.")
    type: str | None = Field(None, max_length=20, description="PLOVER's type.")
    status: str | None = Field(None, max_length=20, description="Such as alleged.")
    where: str | None = Field(None, max_length=100, description="A country or part of a name.")
    min_sources: int | None = Field(None, ge=1, le=10_000, description="Independent sources.")


class AskedAlarms(Paged, Period):
    """Alarms of the relations that the desk follows."""

    dyad: str | None = Field(None, max_length=100, description="Of what A does to B, as PRK:KOR.")
    kind: str | None = Field(None, max_length=20, description="Such as new rung or level.")
