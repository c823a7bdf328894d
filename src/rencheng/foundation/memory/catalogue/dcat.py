"""The catalogue in DCAT 3, as JSON-LD."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from rencheng.foundation.memory.catalogue.cards import Card
from rencheng.foundation.memory.catalogue.data_set import FAMILY_WORDS, PURPOSE_WORDS
from rencheng.foundation.memory.catalogue.lineage import Lineage
from rencheng.foundation.memory.catalogue.quality import Quality
from rencheng.kernel.words import Words

CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
RIGHTS: Final = "http://publications.europa.eu/resource/authority/access-right/"
MEDIA: Final = "https://www.iana.org/assignments/media-types/"
FORMS: Final = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
}


def catalogue(
    base: str,
    cards: Iterable[Card],
    lineages: Mapping[str, Lineage],
    qualities: Mapping[str, Quality],
) -> dict[str, Any]:
    """
    Write the catalogue.

    Parameters
    ----------
    base
        Address of the house without a slash at its end.
    cards
        Data sets to list.
    lineages, qualities
        By name of the data set; those without are described without.

    Returns
    -------
    document
        A JSON-LD document of one ``dcat:Catalog``.
    """
    return {
        "@context": CONTEXT,
        "@id": f"{base}/catalogue/",
        "@type": "dcat:Catalog",
        "dct:title": _said(Words("韧城数据目录", "Data catalogue of Rencheng")),
        "dct:language": ["zh-Hans", "en"],
        "dct:conformsTo": {"@id": "https://www.w3.org/TR/vocab-dcat-3/"},
        "dcat:dataset": [
            _data_set(base, card, lineages.get(card.name), qualities.get(card.name))
            for card in cards
        ],
    }


def _data_set(
    base: str, card: Card, lineage: Lineage | None, quality: Quality | None
) -> dict[str, Any]:
    said: dict[str, Any] = {
        "@id": f"{base}/catalogue/{card.name}/",
        "@type": "dcat:Dataset",
        "dct:identifier": card.name,
        "dct:title": _said(card.title),
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": _said(card.owner)},
        "dct:accessRights": {"@id": RIGHTS + ("PUBLIC" if card.is_open else "RESTRICTED")},
        "dcat:theme": _said(FAMILY_WORDS[card.family]),
        "dcat:landingPage": {"@id": f"{base}/catalogue/{card.name}/"},
    }
    if card.about.en:
        said["dct:description"] = _said(card.about)
    if card.purpose is not None:
        said["dcat:keyword"] = _said(PURPOSE_WORDS[card.purpose])
    if card.made_from:
        said["prov:wasDerivedFrom"] = [_named(base, name) for name in card.made_from]
    if quality is not None and quality.last_received is not None:
        said["dct:modified"] = {
            "@type": "xsd:dateTime",
            "@value": quality.last_received.isoformat(),
        }
    if lineage is not None:
        said |= _from_lineage(base, card, lineage)
    return said


def _from_lineage(base: str, card: Card, lineage: Lineage) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if lineage.sources:
        said["dct:source"] = [
            {
                "rdfs:label": _said(source.title),
                **({"dct:description": source.origin} if source.origin else {}),
                **({"dct:license": {"rdfs:label": source.licence}} if source.licence else {}),
            }
            for source in lineage.sources
        ]
    if card.is_open and lineage.indicators:
        said["dcat:distribution"] = [
            {
                "@type": "dcat:Distribution",
                "dct:title": _said(indicator.title),
                "dcat:accessURL": {
                    "@id": f"{base}/api/figures?indicator={indicator.name}&format={form}"
                },
                "dcat:mediaType": {"@id": MEDIA + media},
            }
            for indicator in lineage.indicators
            for form, media in FORMS.items()
        ]
    return said


def _named(base: str, name: str) -> dict[str, str]:
    return {"@id": f"{base}/catalogue/{name}/"}


def _said(words: Words) -> list[dict[str, str]]:
    return [
        {"@language": "zh-Hans", "@value": words.zh},
        {"@language": "en", "@value": words.en},
    ]
