// What two public libraries read in a feed, as JSON: podcast-partytime and feedsmith.
"use strict";

const { readFileSync } = require("node:fs");
const { parseFeed } = require("podcast-partytime");
const { parseFeed: parse } = require("feedsmith");

const text = readFileSync(process.argv[2], "utf8");
const partytime = parseFeed(text);
const { feed } = parse(text);
process.stdout.write(JSON.stringify({ partytime, feedsmith: feed }));
