package io.jenkins.plugins.igny8.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {

    private static final byte[] NOTHING = {};

    private final List<String> lines = new ArrayList<>();

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void lineEndsOfEveryKindAreRecognised() {
        Lines sink = new Lines(NOTHING, lines::add);
        sink.write(utf8("a\nb\r\nc\rd\n\r\n\ne"), 0, 13);
        sink.end();
        assertEquals(List.of("a", "b", "c", "d", "", "", "e"), lines);
    }

    @Test
    void whereverTheBytesAreCutTheLinesAreTheSame() {
        byte[] text = utf8("ä\r\n漢\rx\uD83D\uDE00\n");
        for (int cut = 0; cut <= text.length; cut++) {
            lines.clear();
            Lines first = new Lines(NOTHING, lines::add);
            first.write(text, 0, cut);
            // As after an interruption: another one goes on with what is stored.
            Lines second = new Lines(first.rest(), lines::add);
            second.write(text, cut, text.length - cut);
            second.end();
            assertEquals(List.of("ä", "漢", "x\uD83D\uDE00"), lines, "cut at " + cut);
        }
    }

    @Test
    void aLineWithoutEndIsNotKeptForEver() {
        Lines sink = new Lines(NOTHING, lines::add);
        sink.write(new byte[200_000], 0, 200_000);
        assertEquals(3, lines.size());
        assertEquals(200_000 - 3 * 65_536, sink.rest().length);
    }

    @Test
    void nothingComesAfterTheEnd() {
        Lines sink = new Lines(NOTHING, lines::add);
        sink.write('x');
        sink.end();
        sink.end();
        sink.write(utf8("late\n"), 0, 5);
        assertEquals(List.of("x"), lines);
    }
}
