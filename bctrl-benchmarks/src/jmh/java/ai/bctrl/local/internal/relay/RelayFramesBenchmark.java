package ai.bctrl.local.internal.relay;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Following the frames of 64 KB on their way through the relay, by the size of a message. In this package to see the class. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RelayFramesBenchmark {
    private static final int BUFFER = 64 * 1024;

    /** Payload of a frame in bytes. */
    @Param({"100", "2000", "60000"})
    public int message;

    private ByteBuffer buffer = ByteBuffer.allocate(0);

    /** Fills the buffer with whole frames. */
    @Setup
    public void fill() {
        buffer = ByteBuffer.allocateDirect(BUFFER);
        int header = message < 126 ? 2 : 4;
        while (buffer.remaining() >= message + header) {
            buffer.put((byte) 0x81);
            if (message < 126) {
                buffer.put((byte) message);
            } else {
                buffer.put((byte) 126).putShort((short) message);
            }
            buffer.position(buffer.position() + message);
        }
        buffer.flip();
    }

    /** Follows all of them. */
    @Benchmark
    public int follow() {
        return new FrameTracker().advance(buffer, false);
    }
}
