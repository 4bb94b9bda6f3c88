package dev.sluice.classifier;

/** What running rule sets talks to: where they are published, kept on this machine, and reported on. */
public record RulePorts(RuleSets published, LastGoodRules lastGood, RuleSetReports reports) {}
