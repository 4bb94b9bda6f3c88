/** Tests of calls to partners, against a server that misbehaves in every way that is cheap. Start with {@code ScriptedServer}. */
@NullMarked
package dev.sluice.activators.http;

import org.jspecify.annotations.NullMarked;
