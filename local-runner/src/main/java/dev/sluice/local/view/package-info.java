/**
 * The terminal view of a run: eighty columns, redrawn in place, or plain lines where there is no terminal.
 *
 * <p>Imports the JDK only. {@link dev.sluice.local.view.Drawing} turns a frame into text and touches nothing; start at
 * {@link dev.sluice.local.view.LiveView}.
 */
@NullMarked
package dev.sluice.local.view;

import org.jspecify.annotations.NullMarked;
