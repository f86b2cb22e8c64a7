import { chromium } from "@playwright/test";
const b=await chromium.launch({executablePath:"/usr/bin/chromium",args:["--no-sandbox"]});
const url="http://127.0.0.1:4205";
for(const scheme of ["light","dark"]) for(const [w,h] of [[1440,900],[390,844]]){
 const c=await b.newContext({viewport:{width:w,height:h},colorScheme:scheme,baseURL:url});const p=await c.newPage();
 const shot=n=>p.screenshot({path:`/tmp/shots/${n}-${scheme}-${w}.png`});
 await p.goto("/");await p.getByTestId("lesson-card").first().waitFor();await p.getByTestId("template-card").first().waitFor();
 await p.screenshot({path:`/tmp/shots/start-${scheme}-${w}.png`,fullPage:w===390?false:false});
 await p.getByTestId("lesson-card").first().click();
 await p.locator('[data-canvas][data-ready="true"]').waitFor();await p.waitForTimeout(1500);
 await shot("lesson1");
 await p.getByRole("button",{name:"Show how"}).click();await p.waitForTimeout(200);await shot("lesson1h");
 if(scheme==="light"&&w===1440){
  const id=p.url().split("/").at(-1);
  // done lesson, by API text
  await p.goto("/");
  const r=await p.request.post("/api/documents",{data:{lesson:"test-stage",text:"FROM golang:1.19 AS builder\nWORKDIR /src\nCOPY go.mod main.go ./\nRUN go build -o /app .\n\nFROM builder AS test\nRUN go vet ./...\n\nFROM alpine:3.20\nCOPY --from=builder /app /app\nCMD [\"/app\"]\n"}});
  const d=await r.json();await p.goto("/d/"+d.id);await p.locator('[data-canvas][data-ready="true"]').waitFor();await p.waitForTimeout(1000);await shot("lesson3");
  await p.goto("/d/"+(await (await p.request.post("/api/documents",{data:{text:""}})).json()).id);await p.getByTestId("starting-points").waitFor();await p.waitForTimeout(1000);await shot("empty");
  await p.getByRole("button",{name:"Take a lesson"}).click();await p.getByTestId("lesson-card").first().waitFor();await p.waitForTimeout(500);await shot("dialog");
  await p.getByTestId("lesson-card").nth(1).click();await p.getByTestId("lesson").waitFor();await p.waitForTimeout(2500);await shot("filled");
 }
 await c.close();
}
await b.close();
