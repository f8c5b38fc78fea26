package dev.sinter.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sinter.cli.CommandRun;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class DevicesCommandTest {
    @Test
    void each_device_is_listed_with_what_it_is_taken_to_be() {
        String out = CommandRun.of("devices").fine().out();
        assertTrue(out.contains("jvm:0"), out);
        assertTrue(out.contains("faulty:wrong  a device that is wrong"), out);
        assertTrue(out.contains("taken to be"), out);
    }

    @Test
    void json_has_the_figures_that_schedules_go_by() throws Exception {
        JsonNode report = new ObjectMapper()
                .readTree(CommandRun.of("devices", "--json").fine().out());
        JsonNode jvm = StreamSupport.stream(report.get("devices").spliterator(), false)
                .filter(device -> device.get("id").asText().equals("jvm:0"))
                .findFirst()
                .orElseThrow();
        assertEquals("cpu", jvm.get("target").get("kind").asText());
        assertEquals(
                Runtime.getRuntime().availableProcessors(),
                jvm.get("target").get("computeUnits").asInt());
    }
}
