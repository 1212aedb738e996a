package io.jenkins.plugins.igny8.agent.trial;

import java.util.List;

/** Texts that a shell, Jenkins, docker or a careless launcher reads as something else than themselves. */
public final class Hostile {

    public static final List<String> TEXTS = List.of(
            "a b  c",
            "$HOME ${HOME} $$ $$$$ $1 $(id) `id`",
            "'single' \"double\" '\\'' \"'\"",
            "back\\slash \\n \\\\ \\$ end\\",
            "line\nbreak\r\ttab\n",
            "*?[a-z]{a,b} ~ # ! & ; | < > ( ) %s %PATH% ^",
            "-n --help",
            "äöü € 漢字 \uD83D\uDE00",
            "\u0001\u0007\u001b[31m\u007f");

    private Hostile() {}
}
