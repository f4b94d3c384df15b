"""One table from an error to the Chinese sentence that the desk shows, with the error's own parameters.

Errors carry English sentences, for logs and programs. A pattern below names each of those that a page can meet; what no
pattern knows is told by the sentence of its class, so that no page ever shows an English one.
"""

from __future__ import annotations

import errno
import re
from functools import cache
from typing import TYPE_CHECKING

from briefing import errors
from briefing.monitoring.chinese_names import ACTS, STAGES, name_edition
from feed import errors as feed_errors
from voices import errors as voice_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MOST_CHARS = 1000
"""Characters of an error that are looked at: what strangers wrote may stand in it."""

UNKNOWN = "服务器出错了；请告诉管理员，详情在服务器日志里"
"""What nobody foresaw."""

KEY = r"(?P<key>[a-z0-9-]+/\d{4}-\d\d-\d\d/[a-z0-9-]+)"

# A rule a line is read as a table; the formatter would make four of it.
# fmt: off
RULES: tuple[tuple[str, str], ...] = (
    # Stages of an edition.
    (rf"{KEY} is held; ", "{key}暂缓中：先“放行”或“批准”，才能继续"),
    (rf"{KEY} is withdrawn; ", "{key}已撤回：只有主编按“重新播出”才会再播"),
    (rf"{KEY} is (?P<stage>\w+) and cannot become", "{key}现在是“{stage}”，不能这样做"),
    (rf"{KEY} is (?P<stage>\w+), not held", "{key}现在是“{stage}”，没有暂缓，不用放行"),
    (rf"{KEY} is (?P<stage>\w+), not withdrawn", "{key}现在是“{stage}”，没有撤回，不用重新播出"),
    (rf"{KEY} is (?P<stage>\w+) by now, not", "{key}刚刚变成“{stage}”，这一步没有做；请看过再决定"),
    (rf"{KEY} is (?P<stage>\w+); ", "{key}现在是“{stage}”，不能这样做"),
    (rf"{KEY} has no script yet", "{key}还没有稿子；先收稿、写稿"),
    (rf"{KEY} has no articles yet", "{key}还没有稿件；先收稿"),
    (rf"{KEY} has no recording of its newest script", "{key}最新一版还没有录制；先“现在录制”"),
    (rf"{KEY} has no revision (?P<number>\d+)", "{key}没有第 {number} 版稿子"),
    (rf"{KEY} has no article ", "{key}的稿件里已经没有这一篇；请重新打开稿件列表"),
    (rf"{KEY} was never on the air", "{key}还没有播出过，不用更正；直接播出就行"),
    (rf"{KEY} is on the air as number (?P<number>\d+), which", "{key}在播的期号 {number} 在数据库里是别的一期的；请管理员运行 briefing restore"),
    (rf"{KEY} is on the air as it is", "{key}正在播的就是这一版；先改稿，再更正"),
    (rf"{KEY} is not on the air", "{key}现在没有在播，不用撤下"),
    (rf"{KEY} cannot be number (?P<number>\d+)", "{key}的期号 {number} 刚被别的一期用了；请再播出一次"),
    (rf"say what is corrected in {KEY}", "请写明{key}更正了什么，听众看得到"),
    (rf"say why {KEY} is withdrawn", "请写明为什么撤下{key}，记在历史里"),
    (rf"say why {KEY} goes on the air again", "请写明为什么重新播出{key}，记在日志里"),
    (r"this script is of (?P<key>\S+), not of ", "这份稿子写的是{key}；请存到那一期，或改稿子开头"),
    (rf"{KEY}: no article could be told in its budget", "{key}没有一篇稿件写得进分配的时间；请加来源或加时长"),
    (r"no source of \S+ has an article of (?P<day>[\d-]+)", "所有来源都没有 {day} 的稿件；请送稿，或换一天"),
    (r"“(?P<title>.*)” cannot be told in a few sentences", "“{title}”没法用几句话讲完；请自己写一段"),
    (r"nothing was begun for ", "服务器启动以来，这一期还没有开始做什么"),
    (r"there is no recording of the newest script", "最新一版还没有录制；先“现在录制”"),
    (r"there is nothing of .* that you have not saved", "没有您还没保存的修改"),
    (rf"{KEY} has (?P<count>\d+) grave findings", "{key}有 {count} 处要人确认；请逐条看过再批准"),
    # Revisions and runs.
    (rf"the script of {KEY} is at revision (?P<newest>\d+), the change", "别人刚保存了{key}的第 {newest} 版；您的修改还在，没有盖掉谁的"),
    (rf"the script of {KEY} is at revision (?P<newest>\d+), not", "{key}已经有第 {newest} 版稿子；请看过新的一版再决定"),
    (r"(?P<who>.+) has begun to (?P<act>\w+) ", "{who}已经开始{act}这一期；请等它做完"),
    (r"publish-\S+ is being worked on by process", "这个节目正在播出别的一期；请等几秒再试"),
    (r"\S+ is being worked on by process \d+ since (?P<time>[\d:]+)", "这一期从 {time} 起正由定时任务、命令行或别人处理；请等它做完"),
    (r"\S+ was taken over by another process", "这一期已由另一个进程接着做；这一次的结果没有保存"),
    (r"the server ended; run it again", "服务器停了；再做一次就接着做"),
    (r"the process was to stop", "服务器停了；再做一次就接着做"),
    # The script.
    (r"the sentence has (?P<count>\d+) characters; split it below (?P<most>\d+)", "这一句有 {count} 个字，太长；请拆成 {most} 字以内的几句"),
    (r"“(?P<title>.*)” has a sentence of (?P<count>\d+) characters; split it below (?P<most>\d+)", "“{title}”有一句长 {count} 个字；请拆成 {most} 字以内的几句"),
    (r"“(?P<title>.*)” has a sentence with no word in it", "“{title}”有一句没有可念的字；请写一句，或删掉"),
    (r"“(?P<title>.*)” says nothing", "“{title}”一句话也没有；请写一句，或撤下这一段"),
    (r"“(?P<title>.*)” has the id ", "“{title}”的编号空着或和别的段重复；请重新打开稿子"),
    (r"“(?P<title>.*)” is read by '(?P<anchor>.*)', who is no anchor here; name one of (?P<known>.*)", "“{title}”由{anchor}播报，这个节目没有这位主播；请从{known}里选"),
    (r"(?P<anchor>.+) reads nothing in this show; choose (?P<known>.*)", "这个节目没有主播{anchor}；请从{known}里选"),
    (r"the sentence has nothing to say", "这一句没有可念的字；请写几个字"),
    (r"there is nothing to say", "这一句没有可念的字；请删掉这一句"),
    (r"the script has no segment", "稿子一段也没有；请至少留一段"),
    (r"\{(?P<held>.*)\} behind .* is no mark", "花括号“{held}”里的标注不对：读音写作 重{{chóng}}庆，停顿写作 {{停0.8}}"),
    (r"a pause of (?P<seconds>[\d.]+) s behind .* is too long; (?P<most>[\d.]+)", "停顿 {seconds} 秒太长；最多 {most} 秒"),
    (r"(?P<char>.) in .* has a reading but is not said", "“{char}”标了读音，但不会念出来；请去掉标注"),
    # The script's text file.
    (r"the text file of this script was changed and cannot be used: (?P<inner>.*)", "这份稿子的文本文件被改过，但用不上：{inner}"),
    (r"line (?P<line>\d+): the script must begin", "第 {line} 行：稿子开头要有一段写在两行 --- 之间的说明"),
    (r"line (?P<line>\d+): the front matter lacks `(?P<field>.*)`", "第 {line} 行：开头的说明缺“{field}”"),
    (r"line (?P<line>\d+): the front matter knows only (?P<fields>.*), each", "第 {line} 行：开头的说明只能有 {fields}，每项带冒号"),
    (r"line (?P<line>\d+): `.*` stands twice", "第 {line} 行：这一项写了两遍，请留一个"),
    (r"line (?P<line>\d+): `(?P<value>.*)` is no day", "第 {line} 行：“{value}”不是日期，请写成 2023-06-09 这样"),
    (r"line (?P<line>\d+): under the title must stand", "第 {line} 行：标题下面要有一行 [编号 | 类别 | 主播 | 稿件]"),
    (r"line (?P<line>\d+): four fields are needed", "第 {line} 行：要有四项 [编号 | 类别 | 主播 | 稿件]"),
    (r"line (?P<line>\d+): a segment needs an id and an anchor", "第 {line} 行：每一段都要有编号和主播"),
    (r"line (?P<line>\d+): the kind `(?P<kind>.*)` is not known; it is one of (?P<known>.*)", "第 {line} 行：不认识类别“{kind}”；请从{known}里选"),
    (r"line (?P<line>\d+): this segment says nothing", "第 {line} 行：这一段一句话也没有；请写一句，或连标题一起删掉"),
    (r"line (?P<line>\d+): \\u", "第 {line} 行：反斜杠后面的代码不是一个字"),
    (r"line (?P<line>\d+): the id (?P<name>.*) stands already in line (?P<first>\d+)", "第 {line} 行：编号“{name}”在第 {first} 行用过了；每段要有自己的编号"),
    (r"line (?P<line>\d+): a sentence cannot begin with (?P<sign>.)", "第 {line} 行：句子不能用“{sign}”开头；请在前面加反斜杠"),
    (r"line (?P<line>\d+): behind @ stand a name", "第 {line} 行：@ 后面要有主播的名字、一个空格和这一句"),
    (r"line (?P<line>\d+): a backslash escapes", "第 {line} 行：要写反斜杠本身，请写两个"),
    (r"line (?P<line>\d+): this stands before the first segment", "第 {line} 行：这一行在第一段以前；每段以“## ”和标题开头"),
    (r"line (?P<line>\d+): a source line needs its sentence", "第 {line} 行：原文句要写在它的句子下面"),
    (r"line (?P<line>\d+): ", "第 {line} 行写得不对；请对照别的段改"),
    # What is on the air stays.
    (r"this would take (?P<count>\d+) episodes off the air", "没有发布：这样会让 {count} 期没有撤回的节目从订阅里消失；请管理员先恢复数据库或录音"),
    (r"the database does not know (?P<count>\d+) episodes of the published feed", "没有发布：数据库缺了 {count} 期正在播的节目，它们的录音也不全；请管理员恢复数据库"),
    (r".*the database does not know (?P<count>\d+) recordings that lie there", "没有发布：那里有 {count} 个录音是数据库不知道的；请管理员恢复数据库，或先把它们移开"),
    (r"the published feed names (?P<title>.*) \(.*which is not of this show", "没有发布：那个地址已经有别的节目；请管理员给这个节目换一个地址"),
    (r".* is on the air as number (?P<number>\d+), which", "没有发布：第 {number} 期的编号已经给了另一期；请管理员恢复数据库"),
    # The database.
    (r"the database file (?P<name>\S+) is gone", "数据库文件 {name} 不见了；请管理员放回来，或运行 briefing restore"),
    (r"the database file (?P<name>\S+) was replaced", "数据库文件 {name} 被换成了另一个"),
    (r"the database .*disk is full", "服务器的磁盘满了；请管理员腾出空间"),
    (r"the server's disk has less than (?P<free>\d+) MB free", "服务器的磁盘剩下不到 {free} MB；请管理员腾出空间"),
    (r"the database (?:.*)(?:is locked)", "数据库被别的程序锁住了"),
    (r"the database (?:\S+ cannot be opened|cannot be asked|cannot be used|did not answer)", "数据库打不开；请管理员看数据库文件或数据库服务器"),
    (r"the database is of a later version", "数据库比程序新；请管理员升级程序"),
    # Words.
    (r".*'(?P<word>.*)' has (?P<count>\d+) Han characters but (?P<said>\d+) syllables", "“{word}”有 {count} 个汉字，却写了 {said} 个音节"),
    (r".*'(?P<word>.*)' has '(?P<written>.*)', which is no Mandarin syllable", "“{word}”的读音“{written}”不是普通话音节；请写成 shan4 这样，带声调 1 到 5"),
    (r".*'(?P<word>.*)' is no word; give one of 1 to (?P<most>\d+)", "“{word}”不能作为词；请写 1 到 {most} 个字"),
    (r".*'(?P<word>.*)' needs its pinyin or what to say", "“{word}”要写读音或念法，二选一"),
    (r".*'(?P<word>.*)' has nothing on one side of a bar", "“{word}”的竖线有一边空着；请写成“业|列”这样"),
    (r".*'(?P<word>.*)' has wins = ", "词典里“{word}”的 wins 只能写 true 或 false；请管理员改词典文件"),
    (r".*'(?P<word>.*)' must (?:be its pinyin|hold texts only)", "词典里“{word}”写得不对；请管理员改词典文件"),
    (r".* (?:cannot be read|cannot be read as TOML|may hold the table \[words\])", "词典文件读不了；请管理员改好它"),
    (r".* cannot be written: (?P<reason>.*); check the folder", "词典文件写不进去；请管理员看磁盘和权限"),
    # Accounts.
    (r"name and password do not belong together", "名字和密码不相符"),
    (r"too many wrong passwords; try again in (?P<seconds>\d+) seconds", "尝试太多，请在 {seconds} 秒后再试"),
    (r"the password has (?P<count>\d+) characters; choose one of (?P<least>\d+) to (?P<most>\d+)", "密码有 {count} 个字符；要 {least} 到 {most} 个，比如四个不相干的词"),
    (r"there is a token (?P<name>.*); the log", "已有名为“{name}”的令牌；请换一个名字"),
    (r"there is a token (?P<name>.*) already", "已有名为“{name}”的令牌；请换一个名字，或先吊销它"),
    (r"(?P<name>.*) has an account already", "“{name}”已经有账户"),
    (r"(?P<name>.*) is a person's account", "“{name}”是一个人的账户；请换一个名字"),
    (r"a token needs a scope", "令牌至少要有一项权限"),
    (r"'(?P<name>.*)' is no role", "没有“{name}”这个角色"),
    (r"'(?P<name>.*)' is not a valid Scope", "没有“{name}”这项权限"),
    (r".*; name scopes of ", "没有这项权限"),
    (r"'(?P<name>.*)' is no name", "“{name}”不能作为名字；请写 1 到 40 个看得见的字"),
    # Requests.
    (r"there is no show (?P<name>\S*);", "没有“{name}”这个节目"),
    (r"(?P<show>\S+) has no edition (?P<name>\S*);", "这个节目没有“{name}”这一期"),
    (r"(?P<day>[\d-]+) is no day", "没有 {day} 这一天"),
    (r"the request does not come from a page of the desk", "这个请求不是从编辑台的页面发出的；请刷新页面再试"),
    (r"(?P<who>.+) may not do this; it needs ", "您的角色不能做这件事；请找主编"),
    (r"sign in, or send a token", "请先登录"),
    (r"the desk has no such name", "编辑台没有这个网址；请用管理员给的网址打开"),
    (r"the request is larger than (?P<size>\d+) MB", "内容超过 {size} MB；请分开送"),
    (r"too many wishes; ", "改稿的要求太密；请稍等几秒再试"),
    (r"“(?P<title>.*)” is no story of .* with that sentence", "“{title}”不是这一期的新闻，或者没有这一句；请刷新页面再试"),
    (r"say what is to be changed, in a sentence", "请写一句要怎么改"),
    (r"too many readings; ", "查读音、试听太频繁；请稍等几秒再试"),
    (r"the desk made a mistake", UNKNOWN),
    # Voices.
    (r".*refuses us \(status (?P<status>\d+)\)", "语音服务不让用（{status}）；请管理员看密钥和网络"),
    (r".*is asked too often", "语音服务说太频繁；稍后会再试"),
    (r".*has a fault \(status (?P<status>\d+)\)", "语音服务自己出错（{status}）；稍后会再试"),
    (r".*(?:broke the connection|sent no audio|answers without end)", "语音服务中途断开，没有念完"),
    (r".*has no voice ", "语音服务已经没有这个声音；请在配置里换一个"),
    (r"the offline voice lacks |.*is not installed", "服务器上缺少语音的文件；请管理员运行 briefing fetch"),
    (r"the offline voice in .* is damaged|.* is damaged; ", "服务器上语音的文件坏了；请管理员重新取一次"),
    (r".*is no Mandarin syllable|.*more syllables than Han|no reading for a character", "有一个字的读音不对；请改读音"),
    (r"another voice had to take over", "念到一半换了备用的声音；请再听一次"),
    (r"the recording .* is not at hand|the recording .* cannot be read", "录音的文件不在了；请重新录制"),
    (r".*No space left on device|.*磁盘已满", "服务器的磁盘满了；请管理员腾出空间"),
    # Articles that are handed in, sources.
    (r"the article has no text", "稿件没有正文；请一段一行送来"),
    (r"the article is of (?P<year>\d+)", "稿件的年份写成了 {year}；请写发表的年份"),
    (r".*is closed to programs by its robots\.txt", "对方网站不许程序读取这个页面"),
    (r".* answers (?P<status>\d+)", "对方网站回答 {status}，读不到内容"),
    (r".*there is no such folder", "来源的文件夹不在了；请管理员看配置"),
    (r".*(?:timed out|did not answer|no answer)", "对方没有按时回应"),
    (r".*(?:cannot be looked up|cannot be reached|cannot connect|connection)", "对方连不上；请看网络"),
    (r".*more than .*(?:bytes|characters|pages|elements|entries|lines)", "内容太大，没有读"),
)
# fmt: on
"""Patterns of English sentences, the first that fits, and what the desk says instead, without its full stop."""

CLASSES: dict[type[BaseException], str] = {
    errors.StaleRevision: "别人刚改过这份稿子；请看过新的一版再做",
    errors.LeaseLost: "这一期已由另一个进程接着做；这一次的结果没有保存",
    errors.EditionBusy: "这一期正由定时任务、命令行或别人处理；请等它做完",
    errors.DatabaseFailed: "数据库打不开；请管理员看数据库文件或数据库服务器",
    errors.NothingToSay: "没有可播的新闻",
    errors.StageError: "这一期现在不能这样做；请刷新页面看它到了哪一步",
    errors.ScriptError: "稿子不能这样写；请对照别的段改",
    errors.LexiconError: "读音不能这样写；请写成 shan4 这样，带声调 1 到 5",
    errors.SourceError: "稿件或来源读不了；详情在服务器日志里",
    errors.LoginThrottled: "登录尝试太多；请过一会儿再试",
    errors.LoginRefused: "名字和密码不相符",
    errors.AccountError: "账户不能这样改",
    errors.ConfigError: "配置有误；请管理员运行 briefing check",
    errors.AssetError: "服务器上缺少语音或字体的文件；请管理员运行 briefing fetch",
    errors.SoundError: "声音播不出来；请再试一次",
    errors.AlarmFailed: "通知没有送到；请管理员看配置",
    errors.KeepingFailed: "备份没有做成；请管理员看服务器日志",
    errors.BriefingError: "没有做成；详情在服务器日志里",
    voice_errors.Stopped: "服务器停了；再做一次就接着做",
    voice_errors.VoiceUnavailable: "这个声音现在用不了；请换一个声音，或稍后再试",
    voice_errors.SpeechFailed: "这一句没能念出来；请换一种说法再试",
    voice_errors.SpeechNotWhole: "念出来的声音不完整；请再试一次",
    voice_errors.AudioFailed: "声音没能合成；请再试一次，不行就请管理员看服务器日志",
    voice_errors.VoicesError: "语音合成失败；请再试一次",
    feed_errors.InvalidFeed: "节目的资料不合播客平台的规则；请管理员运行 briefing check",
    feed_errors.UnreadableFeed: "要检查的订阅读不到",
    feed_errors.PublishFailed: "没能送到听众那里，正在播的没有变；请管理员看服务器日志",
    feed_errors.FeedError: "发布失败，正在播的没有变；请管理员看服务器日志",
    OSError: "服务器读写文件时出错；请管理员看磁盘和权限",
}
"""What a class of errors means where no pattern fits; the first class of the error's that is named here counts."""

SOURCE_TROUBLE = CLASSES[errors.SourceError]
"""Sentence for a source whose trouble has none of its own."""

FULL = "服务器的磁盘满了；请管理员腾出空间"


def explain_error(error: BaseException) -> str:
    """Return what an error means as one Chinese sentence, with its parameters."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return f"{FULL}。"
    return explain_text(str(error), _class_sentence(type(error)))


def explain_text(text: str, otherwise: str = UNKNOWN) -> str:
    """Return what an error's English sentence means in Chinese; `otherwise` where no pattern knows it."""
    return f"{_matched_sentence(text[:MOST_CHARS]) or otherwise}。"


CONVERTERS: Mapping[str, Callable[[str], str]] = {
    "key": name_edition,
    "stage": lambda name: STAGES.get(name, name),
    "act": lambda name: ACTS.get(name, name),
    "inner": lambda text: explain_text(text).removesuffix("。"),
}
"""How parameters of these names are shown; all others stand as they are."""


def _class_sentence(kind: type[BaseException]) -> str:
    return next((CLASSES[base] for base in kind.__mro__ if base in CLASSES), UNKNOWN)


def _matched_sentence(text: str) -> str:
    """Return the sentence of the first pattern that fits, or ''."""
    for pattern, sentence in _patterns():
        if match := pattern.match(text):
            values = {
                name: CONVERTERS.get(name, str)(value or "") for name, value in match.groupdict().items()
            }
            return sentence.format(**values)
    return ""


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.DOTALL), sentence) for pattern, sentence in RULES)
