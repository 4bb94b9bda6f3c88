package dev.sluice.model.rules;

import dev.sluice.model.Value;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A place on the Earth as a point of the unit sphere, in units of 10⁻⁹ (6 mm on the ground).
 *
 * <p><b>Why.</b> Two places are no farther apart than d along the ground just if their chord is no longer than that of
 * d. Squares of whole numbers of this size stay within 64 bits, so every engine compares distances exactly alike, where
 * the sines and roots of each would differ in the last digit. Only {@link StrictMath} is used to get here.
 *
 * <p>The Earth is a sphere of {@value #EARTH_RADIUS_METERS} m, the mean radius of WGS 84 (2a + b) / 3; a distance is off
 * by at most 0.6 %.
 */
public record Point(long x, long y, long z) {
    public static final double EARTH_RADIUS_METERS = 6_371_008.8;

    private static final double UNITS = 1e9;
    /** More than the square of any chord: points are rounded, so that opposite ones may be a little more than 4 × 10¹⁸. */
    private static final long FARTHEST = Long.MAX_VALUE;

    private static final BigDecimal MAX_LATITUDE = BigDecimal.valueOf(90);
    private static final BigDecimal MAX_LONGITUDE = BigDecimal.valueOf(180);

    /**
     * The point at these coordinates.
     *
     * @param latitude degrees north
     * @param longitude degrees east
     * @return empty if they are not on the Earth
     */
    public static Optional<Point> at(BigDecimal latitude, BigDecimal longitude) {
        if (latitude.abs().compareTo(MAX_LATITUDE) > 0 || longitude.abs().compareTo(MAX_LONGITUDE) > 0) {
            return Optional.empty();
        }
        double phi = StrictMath.toRadians(latitude.doubleValue());
        double lambda = StrictMath.toRadians(longitude.doubleValue());
        double around = StrictMath.cos(phi);
        return Optional.of(new Point(
                units(around * StrictMath.cos(lambda)),
                units(around * StrictMath.sin(lambda)),
                units(StrictMath.sin(phi))));
    }

    /**
     * Where a person lives: at the traits {@value Traits#LATITUDE} and {@value Traits#LONGITUDE} if both are numbers on
     * the Earth, else in the middle of the US postal code that the trait {@value Traits#POSTAL_CODE} is.
     */
    public static Optional<Point> of(Value.Fields traits) {
        Optional<BigDecimal> latitude = traits.find(Traits.LATITUDE).flatMap(Decimals::of);
        Optional<BigDecimal> longitude = traits.find(Traits.LONGITUDE).flatMap(Decimals::of);
        Optional<Point> there = latitude.flatMap(north -> longitude.flatMap(east -> at(north, east)));
        return there.or(() -> traits.find(Traits.POSTAL_CODE).flatMap(Point::ofPostalCode));
    }

    private static Optional<Point> ofPostalCode(Value value) {
        return value instanceof Value.Text text ? PostalCodes.find(text.text()) : Optional.empty();
    }

    /** The square of the chord to another point, in the units' square: at most 4 × 10¹⁸ and a little. */
    public long chordSquaredTo(Point other) {
        long dx = x - other.x;
        long dy = y - other.y;
        long dz = z - other.z;
        return dx * dx + dy * dy + dz * dz;
    }

    /** The square of the chord that spans a distance along the ground, rounded down; of half around the Earth, any. */
    public static long chordSquared(BigDecimal meters) {
        double halfAngle = meters.doubleValue() / EARTH_RADIUS_METERS / 2;
        if (halfAngle >= StrictMath.PI / 2) {
            return FARTHEST;
        }
        double chord = 2 * UNITS * StrictMath.sin(halfAngle);
        return (long) (chord * chord);
    }

    private static long units(double coordinate) {
        return StrictMath.round(coordinate * UNITS);
    }
}
