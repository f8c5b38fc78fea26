package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.TensorView;

/// The oracle for elements that go where an index says.
public final class UnpoolReference {
    private UnpoolReference() {}

    public static void evaluate(TensorView x, TensorView indices, TensorView y) {
        long places = y.type().shape().elements();
        boolean floating = x.type().element().isFloating();
        for (long i = 0; i < x.type().shape().elements(); i++) {
            long place = indices.integer(i);
            if (place < 0 || place >= places) {
                continue;
            }
            if (floating) {
                y.set(place, x.get(i));
            } else {
                y.setInteger(place, x.integer(i));
            }
        }
    }
}
