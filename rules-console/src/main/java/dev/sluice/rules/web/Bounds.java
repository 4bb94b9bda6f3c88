package dev.sluice.rules.web;

/**
 * What requests may come to.
 *
 * @param body bytes of any body
 * @param draft bytes of a draft's segments: an item of the table holds 400 KB
 * @param drafts of one account; some more if several are begun at once
 */
public record Bounds(int body, int draft, int drafts) {}
