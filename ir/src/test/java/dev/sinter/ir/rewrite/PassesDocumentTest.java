package dev.sinter.ir.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The document on passes tells of every standard pass, in order, and its examples are true.
class PassesDocumentTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("## `([a-z-]+)`\n.*?```\n(.*?)```\n\n```\n(.*?)```\n", Pattern.DOTALL);

    @Test
    void each_example_is_what_the_pass_does() throws IOException {
        Pipeline pipeline = StandardPasses.pipeline();
        List<String> told = new ArrayList<>();
        Matcher matcher = EXAMPLE.matcher(Files.readString(Path.of("..", "docs", "passes.md")));
        while (matcher.find()) {
            told.add(matcher.group(1));
            PassTexts.assertRewritten(pipeline.step(matcher.group(1)).pass(), matcher.group(2), matcher.group(3));
        }
        assertEquals(pipeline.names(), told);
    }
}
