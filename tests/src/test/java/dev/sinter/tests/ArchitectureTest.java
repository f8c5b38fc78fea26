package dev.sinter.tests;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Holds the arrows between modules and, inside `ir`, between packages: data goes one way, down.
@AnalyzeClasses(packages = "dev.sinter", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.sinter.";
    private static final String IR = ROOT + "ir.";

    /// Each module, and which others it may use.
    private static final Map<String, Set<String>> MODULES = table("""
        ir             :
        hardware       : ir
        frontend       : ir
        training       : ir
        backend.jvm    : ir hardware
        backend.opencl : ir hardware
        backend.tornado: ir hardware backend.jvm backend.opencl
        backend.fpga   : ir hardware
        cli            : ir hardware frontend training backend.fpga backend.jvm backend.opencl backend.tornado
        """);

    /// Each package of `ir`, and which others it may use.
    private static final Map<String, Set<String>> IR_PACKAGES = table("""
        diag     :
        file     : diag
        type     : diag
        numeric  : diag type
        expr     : diag type numeric
        reference: diag type numeric
        op       : diag type numeric expr reference
        graph    : diag type numeric expr op
        gradient : diag type numeric expr op graph
        rewrite  : diag type numeric expr op graph
        interp   : diag type numeric expr op graph
        analysis : diag type numeric expr op graph interp
        schedule : diag file type numeric expr op graph
        kernel   : diag type expr schedule
        lower    : diag type expr schedule kernel
        transform: diag type expr schedule kernel
        evaluate : diag type expr schedule kernel
        plan     : diag type numeric expr op graph rewrite schedule kernel lower transform
        exec     : diag type numeric expr op graph rewrite schedule kernel lower transform plan
        verify   : diag type numeric expr op graph rewrite interp schedule kernel plan exec
        tune     : diag type numeric expr op graph rewrite interp schedule kernel plan exec verify
        """);

    /// Libraries that exactly one module knows.
    private static final Map<String, String> LIBRARIES = Map.of(
            "jdk.incubator.vector", "backend.jvm",
            "org.jocl", "backend.opencl",
            "com.google.protobuf", "frontend");

    @ArchTest
    static void modules_use_only_the_modules_below_them(JavaClasses classes) {
        MODULES.forEach((module, below) -> usesOnly(ROOT, module, below, classes));
    }

    @ArchTest
    static void packages_of_the_ir_use_only_the_packages_below_them(JavaClasses classes) {
        IR_PACKAGES.forEach((name, below) -> usesOnly(IR, name, below, classes));
    }

    @ArchTest
    static void every_package_of_the_ir_has_its_place(JavaClasses classes) {
        Set<String> unknown = classes.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(IR))
                .map(name -> name.substring(IR.length()).split("\\.")[0])
                .filter(name -> !IR_PACKAGES.containsKey(name))
                .collect(toCollection(TreeSet::new));
        assertEquals(Set.of(), unknown, "packages of ir that IR_PACKAGES does not list");
    }

    @ArchTest
    static void packages_form_no_cycle(JavaClasses classes) {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(classes);
    }

    @ArchTest
    static void a_library_is_known_to_one_module(JavaClasses classes) {
        LIBRARIES.forEach((library, module) -> noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + "..")
                .check(classes));
    }

    @ArchTest
    static void only_the_command_line_prints(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "cli..")
                .should(ACCESS_STANDARD_STREAMS)
                .because("a library reports to a Trace")
                .check(classes);
    }

    @ArchTest
    static void names_say_what_a_class_is(JavaClasses classes) {
        List.of("Util", "Utils", "Manager")
                .forEach(suffix ->
                        noClasses().should().haveSimpleNameEndingWith(suffix).check(classes));
    }

    private static Map<String, Set<String>> table(String lines) {
        return lines.lines()
                .map(line -> line.split(":", 2))
                .collect(toMap(row -> row[0].strip(), row -> words(row[1])));
    }

    private static Set<String> words(String text) {
        return text.isBlank() ? Set.of() : Set.of(text.strip().split(" +"));
    }

    private static void usesOnly(String root, String name, Set<String> below, JavaClasses classes) {
        String[] allowed = Stream.concat(Stream.of(name), below.stream())
                .map(other -> root + other + "..")
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(root + name + "..")
                .should()
                .onlyDependOnClassesThat(describe(
                        "are " + name + ", " + below + " or not under " + root,
                        not(resideInAnyPackage(root + "*..")).or(resideInAnyPackage(allowed))))
                .allowEmptyShould(true)
                .check(classes);
    }
}
