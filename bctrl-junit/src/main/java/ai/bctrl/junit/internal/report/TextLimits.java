package ai.bctrl.junit.internal.report;

/**
 * How much of a bundle's texts goes into the report; the rest is a link away.
 *
 * @param rows of each table
 * @param cell characters of a cell
 * @param body characters of a request's or response's body
 * @param document characters of a page's source
 * @param text characters of a stack trace or an ARIA snapshot
 */
record TextLimits(int rows, int cell, int body, int document, int text) {
    /** From generous to the least that is of use. */
    static final TextLimits[] LEVELS = {
        new TextLimits(3000, 4000, 20_000, 3_000_000, 200_000),
        new TextLimits(600, 1000, 2000, 300_000, 40_000),
        new TextLimits(120, 400, 300, 40_000, 10_000),
        new TextLimits(25, 200, 0, 0, 4000),
    };
}
