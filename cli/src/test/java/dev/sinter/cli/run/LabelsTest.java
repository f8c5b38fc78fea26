package dev.sinter.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelsTest {
    @TempDir
    Path folder;

    @Test
    void a_byte_order_mark_is_no_part_of_the_first_name() throws Exception {
        Path file = Files.writeString(folder.resolve("names.txt"), "\ufeffzero\r\none\r\n\r\n");
        assertEquals(
                Optional.of(List.of("zero", "one")), Labels.read(List.of(file)).names());
    }
}
