/**
 * People's history from files: rows of CSV or NDJSON become messages of the tracking API. Pure but for the streams it is given;
 * it may import the heart and the CSV reader. Start with {@link dev.sluice.tracker.bulk.RowMessages}.
 */
@NullMarked
package dev.sluice.tracker.bulk;

import org.jspecify.annotations.NullMarked;
