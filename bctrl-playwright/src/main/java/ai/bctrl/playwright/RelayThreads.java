package ai.bctrl.playwright;

import java.util.concurrent.atomic.AtomicInteger;

/** Starts the threads of one relay. Thread-safe. */
final class RelayThreads {
    private final AtomicInteger started = new AtomicInteger();

    void start(String what, Runnable work) {
        Thread thread = new Thread(work, "bctrl-relay-" + what + "-" + started.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
    }
}
