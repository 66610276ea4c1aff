package ai.bctrl;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list. Only {@link #next()}, {@link #all()} and {@link #stream()} make requests. Immutable.
 *
 * @param <T> what is listed
 */
public final class Page<T> {
    private final List<T> items;
    private final @Nullable String nextCursor;
    private final Function<String, Page<T>> fetch;

    Page(List<T> items, @Nullable String nextCursor, Function<String, Page<T>> fetch) {
        this.items = List.copyOf(items);
        this.nextCursor = nextCursor == null || nextCursor.isEmpty() ? null : nextCursor;
        this.fetch = fetch;
    }

    /** {@return what is on this page} */
    public List<T> items() {
        return items;
    }

    /** {@return where the next page begins, or null on the last page} */
    public @Nullable String nextCursor() {
        return nextCursor;
    }

    /** {@return whether there is another page} */
    public boolean hasNext() {
        return nextCursor != null;
    }

    /**
     * Fetches the next page with the same filters: one request.
     *
     * @throws NoSuchElementException if this is the last page
     */
    public Page<T> next() {
        if (nextCursor == null) {
            throw new NoSuchElementException("this is the last page");
        }
        return fetch.apply(nextCursor);
    }

    /** {@return the items of this page and all that follow; each further page is fetched when its first item is asked for} */
    public Iterable<T> all() {
        return () -> new Iterator<>() {
            private Page<T> page = Page.this;
            private Iterator<T> left = items.iterator();

            @Override
            public boolean hasNext() {
                while (!left.hasNext() && page.hasNext()) {
                    page = page.next();
                    left = page.items.iterator();
                }
                return left.hasNext();
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return left.next();
            }
        };
    }

    /** {@return a sequential stream of {@link #all()}} */
    public Stream<T> stream() {
        return StreamSupport.stream(all().spliterator(), false);
    }
}
