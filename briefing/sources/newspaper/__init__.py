"""A newspaper page as extracted text → articles, in steps that are all pure.

    lines/            the text without what the extraction left in it, and each line by itself: title, prose, byline,
                      page furniture, caption, notice …
    neighbours        what a line is by its neighbours: a caption by its credit, an index by its label, a poem
    columns/          lines of another article that stand between the halves of a sentence, put aside
    blocks            title lines and the prose under them
    title_lines       which of them is the title, which are kicker and subtitle
    article_assembly  blocks → articles: what begins one, what is a section of it, what is none
    continuations     the two halves of an article that was broken over pages

No rule knows a particular paper: each is about a habit that the trade shares, and decisions weigh several of them.
"""
