/**
 * Turns leased browsers into connected Playwright objects. Start with {@link ai.bctrl.playwright.BctrlPlaywright}, which
 * opens {@link ai.bctrl.playwright.BrowserSession}s.
 */
@NullMarked
package ai.bctrl.playwright;

import org.jspecify.annotations.NullMarked;
