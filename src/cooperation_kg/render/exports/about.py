"""What does a file say of itself? Title, version and licence of the dataset; time, revision and selection."""

from __future__ import annotations

from cooperation_kg.render.exports.cut import Cut


def said_of(cut: Cut) -> dict[str, str]:
    """Return what a file says of itself, by name, for formats that have room for it; what is not asked for is absent.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> from cooperation_kg.render.exports.cut import cut_of
    >>> said_of(cut_of(build_graph(load_corpus()), "full"))["licence"]
    'https://creativecommons.org/licenses/by/4.0/'
    """
    dataset = cut.kg.corpus.dataset
    said = {
        "dataset": dataset.title.in_language(cut.lang),
        "dataset_iri": dataset.base,
        "version": dataset.version,
        "creators": " | ".join(dataset.creators),
        "licence": dataset.licence,
        "horizon": dataset.horizon,
        "language": cut.lang,
        "as_of": cut.kg.as_of.text if cut.kg.as_of else "",
        "status": " ".join(cut.kg.as_of.statuses) if cut.kg.as_of else "",
        "known_at": cut.kg.known_at,
        **cut.selection.asked,
        "narrowed": "; ".join(cut.remarks(cut.lang)),
    }
    return {name: text for name, text in said.items() if text}
