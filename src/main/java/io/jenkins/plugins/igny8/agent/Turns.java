package io.jenkins.plugins.igny8.agent;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Lets changes of one target go one after the other, those of parallel branches of a build included. */
final class Turns {

    private static final Map<String, Turn> TURNS = new HashMap<>();

    private Turns() {}

    static final class Turn implements AutoCloseable {
        private final String target;
        private final ReentrantLock lock = new ReentrantLock(true);
        private int wanted;

        private Turn(String target) {
            this.target = target;
        }

        @Override
        public void close() {
            lock.unlock();
            release(this);
        }
    }

    /** Waits for the turn; to be closed afterwards. */
    static Turn take(String target) throws InterruptedException {
        Turn turn;
        synchronized (TURNS) {
            turn = TURNS.computeIfAbsent(target, Turn::new);
            turn.wanted++;
        }
        try {
            turn.lock.lockInterruptibly();
            return turn;
        } catch (InterruptedException e) {
            release(turn);
            throw e;
        }
    }

    private static void release(Turn turn) {
        synchronized (TURNS) {
            if (--turn.wanted == 0) {
                TURNS.remove(turn.target);
            }
        }
    }
}
