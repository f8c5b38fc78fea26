package dev.sinter.tests.support;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class RequirementsTest {
    @Test
    void a_facility_that_is_present_lets_the_test_go_on() {
        assertDoesNotThrow(() -> Requirements.assume("nothing", () -> true, "absent", "nothing"));
    }

    @Test
    void a_missing_facility_skips_the_test_and_says_why() {
        var skipped = assertThrows(
                TestAbortedException.class, () -> Requirements.assume("opencl", () -> false, "no device", null));
        assertEquals("opencl: no device", skipped.getMessage());
    }

    @Test
    void a_missing_facility_that_is_required_fails_the_test() {
        var failed = assertThrows(
                AssertionFailedError.class,
                () -> Requirements.assume("oclgrind", () -> false, "not installed", "opencl, oclgrind"));
        assertEquals("oclgrind: not installed (SINTER_REQUIRE=opencl, oclgrind)", failed.getMessage());
    }

    @Test
    void requiring_one_facility_does_not_require_another() {
        assertThrows(
                TestAbortedException.class, () -> Requirements.assume("opencl", () -> false, "no device", "oclgrind"));
        assertThrows(TestAbortedException.class, () -> Requirements.assume("opencl", () -> false, "no device", ""));
    }

    @Test
    void shared_data_lies_beside_the_root_of_the_project(@TempDir Path folder) throws IOException {
        Path module = Files.createDirectories(folder.resolve("checkout/tests"));
        Files.createFile(folder.resolve("checkout/sinter"));

        assertEquals(Optional.of(folder.resolve("checkout")), Requirements.projectRoot(module));
        assertEquals(folder.resolve("shared/data"), Requirements.sharedData(null, module));
    }

    @Test
    void a_git_checkout_marks_the_root_of_the_project_too(@TempDir Path folder) throws IOException {
        Path module = Files.createDirectories(folder.resolve("checkout/tests"));
        Files.createDirectory(folder.resolve("checkout/.git"));

        assertEquals(Optional.of(folder.resolve("checkout")), Requirements.projectRoot(module));
    }

    @Test
    void the_environment_may_name_another_folder_for_shared_data(@TempDir Path folder) {
        assertEquals(folder, Requirements.sharedData(folder.toString(), Path.of("anywhere")));
    }
}
