-- CreateTable
CREATE TABLE "StageFiles" (
    "buildId" TEXT NOT NULL,
    "stage" INTEGER NOT NULL,
    "listing" BLOB NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,

    PRIMARY KEY ("buildId", "stage"),
    CONSTRAINT "StageFiles_buildId_fkey" FOREIGN KEY ("buildId") REFERENCES "Build" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
