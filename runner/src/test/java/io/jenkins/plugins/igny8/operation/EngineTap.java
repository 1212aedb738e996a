package io.jenkins.plugins.igny8.operation;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** Stands between commands and the real engine, passes all bytes on, and does something instead of the n-th changing call of {@code docker compose}. */
final class EngineTap implements AutoCloseable {

    /** Go's client writes a request's line and headers at once. */
    private static final Pattern CHANGING = Pattern.compile("(POST|PUT|DELETE) (\\S+) HTTP.*\\nUser-Agent: compose/.*", Pattern.DOTALL);

    private static final Path ENGINE = Path.of("/var/run/docker.sock");

    /** The calls so far, as {@code POST /containers/create}. */
    final List<String> calls = new CopyOnWriteArrayList<>();

    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
    private final ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final int nth;
    private final Runnable then;

    /** @param then what happens, on a thread of the tap; the call is not passed on, and its connection ends afterwards */
    EngineTap(int nth, Runnable then) throws IOException {
        this.nth = nth;
        this.then = then;
        start("accept", this::accept);
    }

    Map<String, String> environment() {
        return Map.of("DOCKER_HOST", "tcp://127.0.0.1:" + server.socket().getLocalPort());
    }

    boolean fired() {
        return calls.size() >= nth;
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(String name, Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                // One of the two sides is gone: so is the other.
            }
        }, "engine tap, " + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            SocketChannel client = server.accept();
            SocketChannel engine = SocketChannel.open(StandardProtocolFamily.UNIX);
            engine.connect(UnixDomainSocketAddress.of(ENGINE));
            open.add(client);
            open.add(engine);
            start("back", () -> {
                // What is hijacked goes on after one side has said all: only that half is closed.
                pump(engine, client, false);
                client.shutdownOutput();
            });
            start("forth", () -> {
                try {
                    if (pump(client, engine, true)) {
                        engine.shutdownOutput();
                        return;
                    }
                } catch (IOException e) {
                    engine.close();
                    throw e;
                }
                client.close();
                engine.close();
            });
        }
    }

    /** @return false where it was cut */
    private boolean pump(SocketChannel from, SocketChannel to, boolean watched) throws IOException {
        // Not by streams: reading one of a channel's would keep others from writing to it.
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        while (from.read(buffer) >= 0) {
            if (watched && isTheOne(new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1))) {
                then.run();
                return false;
            }
            buffer.flip();
            while (buffer.hasRemaining()) {
                to.write(buffer);
            }
            buffer.clear();
        }
        return true;
    }

    private synchronized boolean isTheOne(String sent) {
        var request = CHANGING.matcher(sent);
        if (!request.matches()) {
            return false;
        }
        calls.add(request.group(1) + " " + request.group(2).replaceFirst("/v[0-9.]+", "").replaceFirst("\\?.*", "").replaceFirst("[0-9a-f]{64}", "…"));
        return calls.size() == nth;
    }

    @Override
    public void close() throws Exception {
        server.close();
        for (AutoCloseable each : open) {
            each.close();
        }
    }
}
