package dev.sinter.ir.schedule;

import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.schedule.Legality.Illegal;
import java.util.List;
import java.util.Optional;

/// What kernels must keep to that write or read channels.
final class ChannelRules {
    private final Demand demand;
    private final Kernels.Part part;
    private final Schedule schedule;

    ChannelRules(Demand demand, Kernels.Part part, Schedule schedule) {
        this.demand = demand;
        this.part = part;
        this.schedule = schedule;
    }

    Optional<Illegal> firstBroken() {
        return writes().or(() -> part.read().keySet().stream()
                .filter(schedule::isChannel)
                .map(this::reads)
                .flatMap(Optional::stream)
                .findFirst());
    }

    private Optional<Illegal> writes() {
        Stage root = part.root();
        if (!schedule.isChannel(root)) {
            return Optional.empty();
        }
        if (part.group().outputs().contains(root)) {
            return illegal(root, "is the group's result, which no other kernel reads");
        }
        long readers = part.group().stages().stream()
                .filter(stage -> Group.callees(stage).contains(root))
                .count();
        if (readers != 1) {
            return illegal(root, "goes through a channel but is read by " + readers + " stages");
        }
        return ChannelOrder.written(root, schedule.plan(root)).isPresent()
                ? Optional.empty()
                : illegal(root, "goes through a channel but its loops do not go along whole axes one after the other");
    }

    private Optional<Illegal> reads(Stage channel) {
        for (Stage reader : part.stages()) {
            if (!Group.callees(reader).contains(channel)) {
                continue;
            }
            Optional<List<Index>> at = Staging.takes(reader, channel);
            boolean array = schedule.plan(reader).placement() instanceof Placement.At;
            if (at.isEmpty() || !array) {
                return illegal(reader, "reads " + channel + " from a channel but is not a stage that keeps just that");
            }
            Optional<List<Integer>> read = ChannelOrder.read(demand.nest(reader), channel, at.get());
            Optional<List<Integer>> written = ChannelOrder.written(channel, schedule.plan(channel));
            if (read.isEmpty() || !read.equals(written)) {
                return illegal(
                        reader,
                        "takes " + channel + " along axes "
                                + read.map(Object::toString).orElse("in no simple order") + " but it is written along "
                                + written.map(Object::toString).orElse("no simple order"));
            }
        }
        return Optional.empty();
    }

    private static Optional<Illegal> illegal(Stage stage, String fact) {
        return Optional.of(new Illegal(stage, ScheduleRule.CHANNEL_ORDER, fact));
    }
}
