package ai.bctrl.playwright;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Tells how much goes out, and how long that took. */
final class WatchedOutput extends FilterOutputStream {
    private final Silence silence;

    WatchedOutput(OutputStream out, Silence silence) {
        super(out);
        this.silence = silence;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        long start = System.nanoTime();
        out.write(bytes, offset, length);
        silence.send(length, System.nanoTime() - start);
    }
}
