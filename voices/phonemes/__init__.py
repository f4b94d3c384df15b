"""Words and pinyin to the phonemes of the offline voice."""
