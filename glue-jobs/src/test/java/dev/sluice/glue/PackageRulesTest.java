package dev.sluice.glue;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The module's shape: a heart without Spark, and an edge with nothing but Spark. */
@AnalyzeClasses(packages = "dev.sluice.glue", importOptions = ImportOption.DoNotIncludeTests.class)
final class PackageRulesTest {
    @ArchTest
    static final ArchRule THE_HEART_IS_PURE = noClasses()
            .that()
            .resideInAPackage("dev.sluice.glue")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache..", "scala..", "..glue.spark..")
            .because("what a job is told and reports is tested without starting Spark");

    @ArchTest
    static final ArchRule ONLY_WHAT_GLUE_HAS = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.sluice..",
                    "java..",
                    "org.apache.hadoop.fs..",
                    "org.apache.spark..",
                    "org.jspecify..",
                    "scala..")
            .because("Glue gives the JDK, Spark and Hadoop, and a job ships nothing else");
}
