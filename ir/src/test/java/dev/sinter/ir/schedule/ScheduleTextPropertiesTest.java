package dev.sinter.ir.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.schedule.ScheduleFile.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ScheduleTextPropertiesTest {
    @Property(tries = 2000)
    void any_schedule_parses_to_itself(@ForAll long seed) {
        RandomSchedules random = new RandomSchedules(seed);
        Group group = random.group();
        Schedule schedule = random.schedule(group);
        String text = ScheduleText.print(group, schedule);
        Schedule parsed = ScheduleText.parse(group, text);
        assertEquals(schedule, parsed, text);
        assertEquals(
                new ArrayList<>(schedule.plans().entrySet()),
                new ArrayList<>(parsed.plans().entrySet()),
                "in another order");
        assertEquals(text, ScheduleText.print(group, parsed));
    }

    @Property(tries = 1000)
    void any_file_parses_to_itself(@ForAll long seed) {
        List<Entry> steps = steps(seed);
        String text = ScheduleFile.print(List.of(), steps);
        List<WrittenStep> parsed = ScheduleFile.parse(text, "random.txt").steps();
        List<Entry> planned = steps.stream()
                .filter(step -> !step.schedule().plans().isEmpty())
                .toList();
        assertEquals(planned.size(), parsed.size(), text);
        Handles<Group> names = new Handles<>(steps.stream().map(Entry::group).toList(), Group::name);
        for (int i = 0; i < parsed.size(); i++) {
            Entry expected = planned.get(i);
            WrittenStep found = parsed.get(i);
            assertEquals(
                    expected.group(),
                    names.find(found.name().name(), found.name().number()).orElseThrow());
            assertEquals(expected.schedule(), found.resolve(expected.group()).schedule(), text);
        }
    }

    @Property(tries = 2000)
    void a_damaged_text_gives_schedules_or_a_fault(@ForAll long seed) {
        Random random = new Random(seed);
        List<Entry> steps = steps(seed);
        String text = ScheduleFile.print(List.of("made at random"), steps);
        for (int i = random.nextInt(4); i >= 0; i--) {
            text = damaged(text, random);
        }
        try {
            for (WrittenStep step : ScheduleFile.parse(text, "damaged.txt").steps()) {
                for (Entry entry : steps) {
                    if (entry.group().name().equals(step.name().name())) {
                        step.resolve(entry.group());
                    }
                }
            }
        } catch (CompileException fault) {
            assertTrue(fault.where().startsWith("damaged.txt:"), fault.getMessage());
        }
    }

    private static List<Entry> steps(long seed) {
        RandomSchedules random = new RandomSchedules(seed);
        return Stream.generate(random::group)
                .limit(1 + Math.floorMod(seed, 4))
                .map(group -> new Entry(group, random.schedule(group)))
                .toList();
    }

    /// Changes, drops or doubles a few bytes.
    private static String damaged(String text, Random random) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int from = random.nextInt(bytes.length);
        int length = Math.min(bytes.length - from, 1 + random.nextInt(20));
        StringBuilder latin = new StringBuilder(new String(bytes, StandardCharsets.ISO_8859_1));
        switch (random.nextInt(4)) {
            case 0 -> latin.setCharAt(from, (char) random.nextInt(256));
            case 1 -> latin.delete(from, from + length);
            case 2 -> latin.insert(random.nextInt(latin.length()), latin.substring(from, from + length));
            default -> latin.setCharAt(from, "#:;,\"\\\n 019a".charAt(random.nextInt(12)));
        }
        return latin.isEmpty()
                ? text
                : new String(latin.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
