package uk.ac.manchester.tornado.api;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.jspecify.annotations.NullMarked;

/// What bytecode for TornadoVM sees of it, for work-items that run in this process: a class of the name and with the
/// members that printed code asks for.
@NullMarked
@SuppressWarnings("NonFinalStaticField")
public final class KernelContext {
    public final Integer groupIdx;
    public final Integer groupIdy;
    public final Integer groupIdz;
    public final Integer localIdx;
    public final Integer localIdy;
    public final Integer localIdz;

    private final Group group;
    private int allocated;

    /// The work-items that run together.
    public static final class Group {
        private final CyclicBarrier barrier;
        private final List<Object> arrays = new ArrayList<>();

        public Group(int items) {
            this.barrier = new CyclicBarrier(items);
        }

        private synchronized Object array(int number, Class<?> component, int size) {
            if (number == arrays.size()) {
                arrays.add(Array.newInstance(component, size));
            }
            return arrays.get(number);
        }

        /// Lets those go on that wait for one that has failed.
        public void fail() {
            barrier.reset();
        }
    }

    /// @param groupId in dimensions 0 to 2
    public KernelContext(Group group, int[] groupId, int[] localId) {
        this.group = group;
        this.groupIdx = groupId[0];
        this.groupIdy = groupId[1];
        this.groupIdz = groupId[2];
        this.localIdx = localId[0];
        this.localIdy = localId[1];
        this.localIdz = localId[2];
    }

    /// All work-items make the same arrays in the same order.
    private Object local(Class<?> component, int size) {
        return group.array(allocated++, component, size);
    }

    public int[] allocateIntLocalArray(int size) {
        return (int[]) local(int.class, size);
    }

    public long[] allocateLongLocalArray(int size) {
        return (long[]) local(long.class, size);
    }

    public float[] allocateFloatLocalArray(int size) {
        return (float[]) local(float.class, size);
    }

    public double[] allocateDoubleLocalArray(int size) {
        return (double[]) local(double.class, size);
    }

    public void localBarrier() {
        try {
            group.barrier.await();
        } catch (BrokenBarrierException broken) {
            throw new IllegalStateException("another work-item failed", broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
