"""Rules of the spoken form, one module a kind of number or sign; `normalize` has their order."""
