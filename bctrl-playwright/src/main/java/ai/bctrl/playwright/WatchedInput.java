package ai.bctrl.playwright;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells when bytes come in, and when somebody waits for them. */
final class WatchedInput extends FilterInputStream {
    private final Silence silence;

    WatchedInput(InputStream in, Silence silence) {
        super(in);
        this.silence = silence;
    }

    @Override
    public int read() throws IOException {
        silence.listen();
        int value = in.read();
        silence.hear();
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        silence.listen();
        int count = in.read(bytes, offset, length);
        silence.hear();
        return count;
    }
}
