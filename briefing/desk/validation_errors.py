"""Chinese sentences for requests whose fields are not as the API describes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS = {
    "title": "标题",
    "text": "文字",
    "texts": "句子",
    "source": "来源",
    "url": "网址",
    "byline": "署名",
    "kicker": "引题",
    "page": "版面",
    "licence": "许可",
    "published": "发表时间",
    "words": "说明",
    "base": "版本号",
    "script": "稿子",
    "segments": "段落",
    "sentences": "句子",
    "anchor": "主播",
    "word": "词",
    "pinyin": "读音",
    "say": "念法",
    "confirmed": "确认",
}
"""Fields of requests as people call them; another one is called by its name in the API."""

SENTENCES = {
    "missing": "缺“{field}”",
    "string_too_short": "“{field}”不能空着",
    "string_too_long": "“{field}”太长，最多 {max_length} 个字",
    "too_short": "“{field}”至少要有 {min_length} 项",
    "too_long": "“{field}”太多，最多 {max_length} 项",
    "greater_than_equal": "“{field}”不能小于 {ge}",
    "less_than_equal": "“{field}”不能大于 {le}",
    "string_pattern_mismatch": "“{field}”写得不对",
    "extra_forbidden": "不认识“{field}”这一项",
    "json_invalid": "送来的不是 JSON",
    "enum": "“{field}”只能从给定的几项里选",
    "value_error": "“{field}”写得不对，或太长",
}
"""Kinds of pydantic's errors, with the limits that they carry."""

OTHERWISE = "“{field}”写得不对"


def explain_validation(error: Mapping[str, Any]) -> str:
    """Return what is wrong with a request, from the first of pydantic's errors."""
    names = [str(part) for part in error["loc"] if isinstance(part, str)]
    last = names[-1] if names else ""
    sentence = SENTENCES.get(error["type"], OTHERWISE)
    return f"请求里{sentence}。".format(field=FIELDS.get(last, last), **error.get("ctx", {}))
