/**
 * {@code ./sluice rules} and {@code ./sluice plans}: rule sets and tracking plans as files, for people who keep them in
 * git. It talks to a running console by HTTP and
 * may import the heart and picocli. Start with {@code RulesCommand}.
 */
@NullMarked
package dev.sluice.rules.command;

import org.jspecify.annotations.NullMarked;
