package dev.sinter.frontend.onnx.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Between a look at a file and the reading of it somebody may put another one in its place.
@NullMarked
class FileBelowTest {
    private static final Path INSIDE = Path.of("sub", "w.bin");

    @TempDir
    Path parent;

    private Path folder = Path.of("");
    private Path secret = Path.of("");

    @BeforeEach
    void a_file_in_a_folder_beside_a_secret() throws IOException {
        folder = Files.createDirectories(parent.resolve("model"));
        secret = Files.write(parent.resolve("secret"), new byte[] {42});
        Files.createDirectory(folder.resolve("sub"));
        Files.write(folder.resolve(INSIDE), new byte[] {7});
    }

    private static byte read(FileBelow file) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        file.channel().read(one);
        return one.get(0);
    }

    @Test
    void what_stays_as_it_is_can_be_read() throws IOException {
        try (FileBelow file = FileBelow.open(folder, INSIDE)) {
            assertEquals(7, read(file));
            file.requireUnchanged();
        }
    }

    @Test
    void a_link_that_takes_the_files_place_is_not_followed() throws IOException {
        Files.delete(folder.resolve(INSIDE));
        Files.createSymbolicLink(folder.resolve(INSIDE), secret);
        assertThrows(IOException.class, () -> FileBelow.open(folder, INSIDE));
    }

    @Test
    void a_link_that_takes_a_folders_place_is_not_followed() throws IOException {
        Path outside = Files.createDirectory(parent.resolve("outside"));
        Files.move(secret, outside.resolve("w.bin"));
        Files.move(folder.resolve("sub"), folder.resolve("before"));
        Files.createSymbolicLink(folder.resolve("sub"), outside);
        assertThrows(IOException.class, () -> FileBelow.open(folder, INSIDE));
    }

    @Test
    void another_file_in_its_place_is_noticed_after_the_reading() throws IOException {
        try (FileBelow file = FileBelow.open(folder, INSIDE)) {
            Files.move(secret, folder.resolve(INSIDE), StandardCopyOption.REPLACE_EXISTING);
            assertEquals(7, read(file), "the file that was judged is the one that is read");
            assertThrows(IOException.class, file::requireUnchanged);
        }
    }

    @Test
    void another_folder_in_the_place_of_its_own_is_noticed_too() throws IOException {
        try (FileBelow file = FileBelow.open(folder, INSIDE)) {
            Files.move(folder.resolve("sub"), folder.resolve("before"));
            Files.createDirectory(folder.resolve("sub"));
            Files.move(secret, folder.resolve(INSIDE));
            assertEquals(7, read(file));
            assertThrows(IOException.class, file::requireUnchanged);
        }
    }

    @Test
    void a_second_name_that_is_given_meanwhile_is_noticed() throws IOException {
        try (FileBelow file = FileBelow.open(folder, INSIDE)) {
            Files.createLink(parent.resolve("second"), folder.resolve(INSIDE));
            assertThrows(IOException.class, file::requireUnchanged);
        }
    }
}
