package ai.bctrl.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What is written comes out later, in order and as wide as the line is. It knows what programs see of lost packets: TCP sends a
 * lost segment again, and all that is behind it waits. Written to by one thread.
 */
final class LateOutput extends OutputStream {
    private static final int SEGMENT = 1460;

    private record Piece(ByteArrayOutputStream bytes, long due) {}

    private final OutputStream out;
    private final Delay delay;
    private final Random random;
    private final LinkedBlockingQueue<Piece> under = new LinkedBlockingQueue<>();
    private long lastDue = System.nanoTime();
    private volatile boolean broken;

    /**
     * How late.
     *
     * @param millis of each segment
     * @param lostOfHundred how many segments of a hundred are lost once
     * @param againMillis how long it takes until a lost one is sent again
     */
    record Delay(long millis, int lostOfHundred, long againMillis) {}

    LateOutput(OutputStream out, Delay delay, long seed) {
        this.out = out;
        this.delay = delay;
        this.random = new Random(seed);
        Thread thread = new Thread(this::deliver, "faulty-line-late");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (broken) {
            throw new IOException("the line is closed");
        }
        for (int at = offset; at < offset + length; at += SEGMENT) {
            boolean lost = random.nextInt(100) < delay.lostOfHundred();
            long late = TimeUnit.MILLISECONDS.toNanos(delay.millis() + (lost ? delay.againMillis() : 0));
            lastDue = Math.max(lastDue, System.nanoTime() + late);
            ByteArrayOutputStream segment = new ByteArrayOutputStream();
            segment.write(bytes, at, Math.min(SEGMENT, offset + length - at));
            under.add(new Piece(segment, lastDue));
        }
    }

    private void deliver() {
        try {
            for (Piece piece = under.take(); piece.bytes().size() > 0; piece = under.take()) {
                long wait = piece.due() - System.nanoTime();
                while (wait > 0) {
                    LockSupport.parkNanos(wait);
                    wait = piece.due() - System.nanoTime();
                }
                piece.bytes().writeTo(out);
                out.flush();
            }
            out.close();
        } catch (IOException gone) {
            broken = true;
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
        }
    }

    /** The other side reads the end when it has read the rest. */
    @Override
    public void close() {
        under.add(new Piece(new ByteArrayOutputStream(), 0));
    }
}
