package ai.bctrl.junit.internal.redaction;

import java.util.Arrays;

/** The edges of a tree whose edges are characters, in one hash table without objects. Not thread-safe while it grows. */
final class Transitions {
    private long[] keys = new long[256];
    private int[] targets = new int[256];
    private int size;
    private char[] characters = new char[256];
    private int[] parents = new int[256];

    /** {@return the node that the character leads to, or 0} */
    int get(int node, char c) {
        long key = key(node, c);
        int at = slot(key, keys.length);
        while (keys[at] != 0) {
            if (keys[at] == key) {
                return targets[at];
            }
            at = at + 1 & keys.length - 1;
        }
        return 0;
    }

    /** Adds an edge to a node; nodes are numbered from 1 in the order in which they are added. */
    void put(int node, char c, int target) {
        if (2 * (size + 1) > keys.length) {
            grow();
        }
        insert(key(node, c), target);
        size++;
        if (target >= parents.length) {
            parents = Arrays.copyOf(parents, target * 2);
            characters = Arrays.copyOf(characters, target * 2);
        }
        parents[target] = node;
        characters[target] = c;
    }

    /** {@return the character of the edge that leads to the node} */
    char character(int node) {
        return characters[node];
    }

    /** {@return the nodes that each node leads to} */
    int[][] byParent(int nodes) {
        int[] counts = new int[nodes];
        for (int node = 1; node < nodes; node++) {
            counts[parents[node]]++;
        }
        int[][] children = new int[nodes][];
        for (int node = 0; node < nodes; node++) {
            children[node] = new int[counts[node]];
        }
        for (int node = nodes - 1; node > 0; node--) {
            children[parents[node]][--counts[parents[node]]] = node;
        }
        return children;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldTargets = targets;
        keys = new long[oldKeys.length * 2];
        targets = new int[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                insert(oldKeys[i], oldTargets[i]);
            }
        }
    }

    private void insert(long key, int target) {
        int at = slot(key, keys.length);
        while (keys[at] != 0) {
            at = at + 1 & keys.length - 1;
        }
        keys[at] = key;
        targets[at] = target;
    }

    /** Not 0, which stands for a free place. */
    private static long key(int node, char c) {
        return (long) node << 16 | c | 1L << 62;
    }

    private static int slot(long key, int length) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 40) & length - 1;
    }
}
