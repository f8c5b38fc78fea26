package dev.sinter.backend.tornado;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Tasks that run one after the other on a device, in the memory of one run.
final class TornadoPlan implements AutoCloseable {
    private static final String GRAPH = "sinter";

    private final TornadoApi api;
    private final Object plan;
    private final Transfers transfers;
    private @Nullable Object result;

    private TornadoPlan(TornadoApi api, Object plan, Transfers transfers) {
        this.api = api;
        this.plan = plan;
        this.transfers = transfers;
    }

    /// Which arrays move, and when.
    ///
    /// @param once to the device before the first execution
    /// @param before to the device before each
    /// @param after to the host after each
    /// @param asked to the host where somebody asks
    record Transfers(List<Object> once, List<Object> before, List<Object> after, List<Object> asked) {
        Transfers {
            once = List.copyOf(once);
            before = List.copyOf(before);
            after = List.copyOf(after);
            asked = List.copyOf(asked);
        }
    }

    /// A plan whose kernels are compiled.
    ///
    /// @param arrays those of a task, in the order of its kernel's arguments
    /// @throws TornadoApi.Refused with the reason why one cannot be
    static TornadoPlan of(
            TornadoDevice device,
            List<TornadoTask> tasks,
            Function<TornadoTask, Object[]> arrays,
            Transfers transfers) {
        TornadoApi api = device.api();
        Object graph = api.taskGraph(GRAPH);
        Object scheduler = api.gridScheduler();
        move(transfers.once(), moved -> api.transferToDevice(graph, TornadoApi.FIRST_EXECUTION, moved));
        move(transfers.before(), moved -> api.transferToDevice(graph, TornadoApi.EVERY_EXECUTION, moved));
        for (int place = 0; place < tasks.size(); place++) {
            TornadoTask task = tasks.get(place);
            String id = "k" + place;
            move(task.ownArrays(), moved -> api.transferToDevice(graph, TornadoApi.FIRST_EXECUTION, moved));
            task.addTo(api, graph, id, arrays.apply(task), place == 0);
            task.addGrid(api, scheduler, GRAPH + "." + id);
        }
        move(transfers.after(), moved -> api.transferToHost(graph, TornadoApi.EVERY_EXECUTION, moved));
        move(transfers.asked(), moved -> api.transferToHost(graph, TornadoApi.UNDER_DEMAND, moved));
        return new TornadoPlan(api, api.plan(graph, scheduler, device.handle()), transfers);
    }

    private static void move(List<Object> arrays, Consumer<Object[]> move) {
        if (!arrays.isEmpty()) {
            move.accept(arrays.toArray());
        }
    }

    Transfers transfers() {
        return transfers;
    }

    /// Runs all tasks, and returns when they are done.
    void run() {
        result = api.execute(plan);
    }

    /// Brings what lies in an array on the device after the last run.
    void fetch(Object array) {
        if (result != null) {
            api.transferToHost(result, new Object[] {array});
        }
    }

    @Override
    public void close() {
        api.close(plan);
    }
}
