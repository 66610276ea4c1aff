package ai.bctrl.local.internal.loop;

/** The client's side of a connection, as the filter sees it. Belongs to the loop's thread. */
public interface ClientSide {

    /** Has somebody hear what the client does. */
    void listen(Wire.Listener listener);

    /** Whether so much waits to be written that its source should stop. */
    boolean isCongested();

    /** Reads or stops reading. */
    void read(boolean wanted);

    /** Writes, now or when the client reads again. */
    void write(byte[] bytes, int from, int to);

    /** There is nothing more to write: the client is told in some way. */
    void closeSoon();
}
