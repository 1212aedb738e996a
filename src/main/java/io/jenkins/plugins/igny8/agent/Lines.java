package io.jenkins.plugins.igny8.agent;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Makes lines of what a command writes (UTF-8); a line ends with {@code \n}, {@code \r} or both. */
final class Lines extends OutputStream {

    /** What has no line end by then is handed over in pieces: it is kept in memory and with the build. */
    private static final int LONGEST = 64 * 1024;

    private final Consumer<String> consumer;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean returned;
    private boolean ended;

    /** @param begun the {@link #rest} of an earlier one */
    Lines(byte[] begun, Consumer<String> consumer) {
        this.consumer = consumer;
        write(begun, 0, begun.length);
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length && !ended; i++) {
            take(bytes[i]);
        }
    }

    private void take(byte b) {
        if (returned) {
            handOver();
            if (b == '\n') {
                return;
            }
        }
        if (b == '\n') {
            handOver();
        } else if (b == '\r') {
            returned = true;
        } else {
            line.write(b);
            if (line.size() == LONGEST) {
                handOver();
            }
        }
    }

    private void handOver() {
        returned = false;
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        consumer.accept(text);
    }

    /** What was written since the last line end. */
    synchronized byte[] rest() {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        rest.writeBytes(line.toByteArray());
        if (returned) {
            rest.write('\r');
        }
        return rest.toByteArray();
    }

    /** Hands over the last line, which need not have an end; what is written after that is lost. Not called by whoever writes. */
    synchronized void end() {
        if (!ended && (returned || line.size() > 0)) {
            handOver();
        }
        ended = true;
    }
}
