package io.jenkins.plugins.igny8.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** The engine of this machine behind a port that lets in only clients with a certificate, as dockerd --tlsverify does. */
final class TlsEngine implements AutoCloseable {

    private final SSLServerSocket server;
    private final Path socket;

    /** @param socket the engine's own */
    TlsEngine(SSLContext context, Path socket) throws IOException {
        this.socket = socket;
        server = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(true);
        background(this::serve);
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    private void serve() throws IOException {
        while (true) {
            Socket client = server.accept();
            background(() -> {
                try (client; SocketChannel engine = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                    background(() -> {
                        try (engine) {
                            carry(Channels.newChannel(client.getInputStream()), engine);
                        }
                    });
                    carry(engine, Channels.newChannel(client.getOutputStream()));
                }
            });
        }
    }

    /** Not by the streams of the channel: in Java 17 its reader locks out its writer. */
    private static void carry(ReadableByteChannel from, WritableByteChannel to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        while (from.read(buffer) >= 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                to.write(buffer);
            }
            buffer.clear();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void background(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // One of the two has gone, or a client was not let in.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
