"""A web page with one article → that article: title, author, source, time, paragraphs in order, and nothing else.

    decoding     bytes → text, whatever the page says of its encoding
    dom          text → tree; the lines that a reader sees in it
    dates        the moments that a text names
    metadata     what a page says of itself to machines
    names        which parts a page's own class and id names mark as the text, and which as something else
    container    where in the tree the text lies
    wording      lines that stand in the text and are not of it: credits, appeals, links to more
    lines        the container's lines → the article's paragraphs
    headings     which heading is the title
    published    which date is the article's
    article      all of this, in order

Everything here is pure: no network, nothing is executed, nothing knows today.
"""
