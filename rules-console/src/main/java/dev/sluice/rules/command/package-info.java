/**
 * {@code ./sluice rules}: rule sets as files, for people who keep them in git. It talks to a running console by HTTP and
 * may import the heart and picocli. Start with {@code RulesCommand}.
 */
@NullMarked
package dev.sluice.rules.command;

import org.jspecify.annotations.NullMarked;
