"""A newspaper page as extracted text → articles, in five steps that are all pure.

    cleaning       the text without what the extraction left in it; one line a paragraph, a title or a label
    lines          what each line is by itself: title, prose, byline, page furniture, caption, notice …
    context        what a line is by its neighbours: a caption by its credit, an index by its label, a poem
    blocks         title lines and the prose under them
    articles       blocks → articles: what begins one, what is a section of it, what is none
    continuations  the two halves of an article that was broken over pages

`names`, `leads`, `days`, `furniture` and `notices` hold what Chinese newspapers print and how it is
recognised. No rule knows a particular paper: each is about a habit that the trade shares, and decisions weigh
several of them.
"""
