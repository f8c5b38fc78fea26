package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.lower.Layouts;
import dev.sinter.ir.schedule.Group;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The name under which a group's schedule is kept: a digest of a text that says all that the group computes, from
/// tensors that lie how, with the names of stages and axes that schedule text has, but none that a network gave. So a
/// layer has the same name in every network, in every process.
public final class KernelForm {
    private static final int DIGITS = 16;

    private KernelForm() {}

    static String of(Group group, Layouts layouts) {
        MessageDigest digest = sha256();
        for (Stage stage : group.stages()) {
            add(digest, stage.name());
            Stream.concat(stage.axes().stream(), stage.reduction().stream())
                    .map(Axis::name)
                    .forEach(name -> add(digest, name));
        }
        GroupForm.of(group, layouts).facts().forEach(fact -> add(digest, text(fact)));
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }

    /// What a group computes, in a few words for people.
    public static String words(Group group) {
        return group.stages().stream().map(KernelForm::words).collect(Collectors.joining(" "));
    }

    private static String words(Stage stage) {
        return stage.name() + extents(stage.axes()) + (stage.reduces() ? "/" + extents(stage.reduction()) : "");
    }

    private static String extents(List<Axis> axes) {
        return axes.stream().map(axis -> String.valueOf(axis.extent())).collect(Collectors.joining(",", "[", "]"));
    }

    private static void add(MessageDigest digest, String fact) {
        digest.update(fact.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    /// The same in every process.
    private static String text(Object fact) {
        return switch (fact) {
            case Class<?> kind -> kind.getSimpleName();
            case Enum<?> constant -> constant.name();
            case Layout layout -> layout + " fill " + layout.fill();
            default -> fact.toString();
        };
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }
}
