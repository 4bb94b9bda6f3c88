/**
 * Rule sets compiled to Drools' canonical model: no rule text, so nothing that is typed is ever run. May import {@code
 * model} and Drools, and never calls {@code RuleEvaluator}, whose meaning it reaches by itself. Start with {@code
 * DroolsMatcher}.
 */
@NullMarked
package dev.sluice.classifier.drools;

import org.jspecify.annotations.NullMarked;
