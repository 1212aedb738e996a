package io.jenkins.plugins.igny8.compose.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class StandInsTest {

    @Test
    void variablesWithColonsInShortMountsAreStoodInForAndComeBack() throws Exception {
        String text = """
                # é 😀: characters of more than one byte, or two of Java's
                x-code: &code
                  - ${CODE:-./code}:/code
                  - "${ROOT:-${HOME:-/root}}/x:/x:${MODE:-ro}"
                services:
                  web:
                    image: web:${TAG:-1}
                    volumes: *code
                  worker:
                    volumes: ['${CODE:-./code}:/again', '$PLAIN:/p', '${PLAIN}:/q', '$${NO:-variable}:/r', {type: bind, source: '${LONG:-/x}', target: /l}]
                    devices:
                      - ${DEVICE:?no device}:/dev/x
                """;
        StandIns standIns = new StandIns();
        String in = standIns.in(text);
        assertEquals("""
                # é 😀: characters of more than one byte, or two of Java's
                x-code: &code
                  - ${IGNY8_STANDS_IN_2}:/code
                  - "${IGNY8_STANDS_IN_4}/x:/x:${IGNY8_STANDS_IN_3}"
                services:
                  web:
                    image: web:${TAG:-1}
                    volumes: *code
                  worker:
                    volumes: ['${IGNY8_STANDS_IN_2}:/again', '$PLAIN:/p', '${PLAIN}:/q', '$${NO:-variable}:/r', {type: bind, source: '${LONG:-/x}', target: /l}]
                    devices:
                      - ${IGNY8_STANDS_IN_1}:/dev/x
                """, in);
        assertFalse(standIns.none());
        String restored = standIns.restored(new ObjectMapper().readTree("{\"a\": [\"${IGNY8_STANDS_IN_4}/x\", 1, null, {\"${IGNY8_STANDS_IN_1}\": true}]}")).toString();
        assertEquals("{\"a\":[\"${ROOT:-${HOME:-/root}}/x\",1,null,{\"${DEVICE:?no device}\":true}]}", restored);
    }

    @Test
    void whatIsNoYamlOrHasNoEndStaysAsItIs() {
        StandIns standIns = new StandIns();
        for (String text : new String[] {"", "a: [", "services: {a: {volumes: ['${A:-b:/c']}}", "services: {a: {volumes: {x: '${A:-b}'}}}", "&a [*a]"}) {
            assertEquals(text, standIns.in(text));
        }
        assertTrue(standIns.none());
    }
}
