from math import sqrt
import numpy as np
from numba import njit
SOLAR_MASS, DAYS = 39.47841760435743, 365.24
X, Y, Z, VX, VY, VZ, MASS = range(7)
bodies = np.array([
    (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, SOLAR_MASS),
    (4.84143144246472090, -1.16032004402742839, -0.103622044471123109, 0.00166007664274403694 * DAYS, 0.00769901118419740425 * DAYS, -0.0000690460016972063023 * DAYS, 0.000954791938424326609 * SOLAR_MASS),
    (8.34336671824457987, 4.12479856412430479, -0.403523417114321381, -0.00276742510726411104 * DAYS, 0.00499852801234917238 * DAYS, 0.0000230417297573763929 * DAYS, 0.000285885980666130812 * SOLAR_MASS),
    (12.8943695621391310, -15.1111514016986312, -0.223307578892655734, 0.00296460137564761618 * DAYS, 0.00237847173959480950 * DAYS, -0.0000296589568540237556 * DAYS, 0.0000436624404335156298 * SOLAR_MASS),
    (15.3796971148509165, -25.9193146099879641, 0.179258772950371181, 0.00268067772490389322 * DAYS, 0.00162824170038242295 * DAYS, -0.0000951592254519715870 * DAYS, 0.0000515138902046611451 * SOLAR_MASS),
])
@njit(cache=True)
def advance(bodies, dt, times):
    n = len(bodies)
    for step in range(times):
        for i in range(n):
            bi = bodies[i]
            for j in range(i + 1, n):
                bj = bodies[j]
                dx = bi[X] - bj[X]
                dy = bi[Y] - bj[Y]
                dz = bi[Z] - bj[Z]
                d2 = dx * dx + dy * dy + dz * dz
                mag = dt / (d2 * sqrt(d2))
                mi = bj[MASS] * mag
                bi[VX] -= dx * mi
                bi[VY] -= dy * mi
                bi[VZ] -= dz * mi
                mj = bi[MASS] * mag
                bj[VX] += dx * mj
                bj[VY] += dy * mj
                bj[VZ] += dz * mj
        for b in bodies:
            b[X] += dt * b[VX]
            b[Y] += dt * b[VY]
            b[Z] += dt * b[VZ]
@njit(cache=True)
def energy(bodies):
    e = 0.0
    for i in range(len(bodies)):
        b = bodies[i]
        e += 0.5 * b[MASS] * (b[VX] * b[VX] + b[VY] * b[VY] + b[VZ] * b[VZ])
        for j in range(i + 1, len(bodies)):
            c = bodies[j]
            dx = b[X] - c[X]
            dy = b[Y] - c[Y]
            dz = b[Z] - c[Z]
            e -= b[MASS] * c[MASS] / sqrt(dx * dx + dy * dy + dz * dz)
    return e
print(f"{energy(bodies):.9f}")
advance(bodies, 0.01, 150000)
print(f"{energy(bodies):.9f}")
