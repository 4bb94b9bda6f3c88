/**
 * The nouns of Sluice and how they are written down: who a person is ({@link dev.sluice.model.PersonKey}), where a
 * person stands on the ring ({@link dev.sluice.model.Ring}), what happened ({@link dev.sluice.model.Event}) and how
 * many events travel together ({@link dev.sluice.model.LineBatch}).
 *
 * <p>Pure Java 17: nothing here imports AWS, Spring, Drools or Spark. Start with {@link dev.sluice.model.Event}; rules
 * are in {@code rules}, what follows from them in {@code profile}.
 */
@NullMarked
package dev.sluice.model;

import org.jspecify.annotations.NullMarked;
