/**
 * Conditions in English: {@link dev.sluice.model.rules.sentence.Sentences} prints a tree as a sentence that people can
 * read and type, and parses such a sentence to the same tree. {@code docs/RULES.md} shows every form.
 *
 * <p>May import the packages above it and nothing else. {@code *Printer}s write, {@code *Parser}s read; each grammar rule
 * stands once in either.
 */
@NullMarked
package dev.sluice.model.rules.sentence;

import org.jspecify.annotations.NullMarked;
